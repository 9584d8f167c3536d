package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Messages;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.marketplace.Marketplaces;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.WorkChanges;
import io.throughline.domain.fulfillment.WorkHolds;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.routing.WorkDeadlines;
import io.throughline.domain.transfer.OrderTransfers;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.fulfillment.FulfillmentSteps;
import io.throughline.workflows.fulfillment.LegState;
import io.throughline.workflows.fulfillment.Released;
import io.throughline.workflows.fulfillment.RerouteSteps;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives work to facilities, follows it, and keeps the channel's picture and the customer in step. Each step is taken where its other
 * party is dealt with: {@link FacilityRelease}, {@link FacilityWatch}, {@link FacilityRecall}, {@link FacilityNews} and {@link FacilityHolds}
 * talk to the facility, {@link ChannelPicture} to the channel, {@link ParcelLabels} to the carrier, {@link CustomerNews} to the customer.
 */
public final class FulfillmentStepsImpl implements FulfillmentSteps {
    private final FacilityRelease release;
    private final FacilityWatch watch;
    private final FacilityRecall recall;
    private final ChannelPicture channel;
    private final FacilityNews facility;
    private final FacilityHolds holdNews;
    private final CustomerNews customer;
    private final RerouteSteps rerouting;
    private final ParcelLabels labels;

    public FulfillmentStepsImpl(
            Steps steps,
            Effects effects,
            OutsideWorld world,
            Orders orders,
            FulfillmentOrders work,
            InventoryLedger inventory,
            Facilities facilities,
            Bundles bundles,
            Policies policies,
            WorkDeadlines times,
            Routing routing,
            Coverage coverage,
            EditedWork edited,
            FacilityPauses pauses,
            Reroutes reroutes,
            Messages messages,
            Shipping shipping,
            Marketplaces marketplaces,
            OrderTransfers transfers,
            WorkHolds holds,
            WorkChanges changes,
            Clock clock) {
        Jobs jobs = new Jobs(orders, facilities, bundles);
        Withdrawal withdrawal = new Withdrawal(pauses);
        Deadlines deadlines = new Deadlines(policies, times, pauses);
        LegStates legStates = new LegStates(world.accounts(), facilities, shipping.parcels());
        FacilityReading reading = new FacilityReading(world, work, inventory, deadlines, clock);
        this.release =
                new FacilityRelease(jobs, steps, effects, world, work, legStates, deadlines, withdrawal, holds, clock);
        this.recall = new FacilityRecall(
                jobs, steps, effects, world, reroutes, withdrawal, work, inventory, reading, changes, deadlines, clock);
        this.watch = new FacilityWatch(
                jobs,
                steps,
                orders,
                work,
                reading,
                recall,
                legStates,
                deadlines,
                withdrawal,
                reroutes,
                transfers,
                clock);
        this.channel = new ChannelPicture(
                jobs,
                steps,
                effects,
                world,
                work,
                new MarketplaceShipments(steps, effects, marketplaces, orders, shipping.parcels()));
        this.facility = new FacilityNews(jobs, steps, effects, world);
        this.holdNews = new FacilityHolds(jobs, steps, effects, world, work);
        this.customer = new CustomerNews(jobs, steps, messages, work, policies, shipping, pauses);
        WithoutCarrier withoutCarrier = new WithoutCarrier(orders, facilities, policies, routing, withdrawal, reroutes);
        this.labels = new ParcelLabels(
                jobs,
                steps,
                orders,
                shipping,
                reroutes,
                policies,
                reading,
                new LabelSellers(steps, effects, shipping.carrier(), clock),
                withoutCarrier);
        Alternatives alternatives = new Alternatives(routing, clock);
        SupplyWait supply = new SupplyWait(inventory);
        this.rerouting = new RerouteStepsImpl(
                jobs,
                steps,
                work,
                facilities,
                reroutes,
                recall,
                new Replacement(
                        steps,
                        orders,
                        work,
                        supply,
                        policies,
                        routing,
                        coverage,
                        withdrawal,
                        reroutes,
                        alternatives,
                        withoutCarrier,
                        facilities,
                        changes,
                        edited,
                        clock),
                supply,
                messages,
                policies,
                clock);
    }

    /** The steps of a reroute, which takes work away as these do. */
    public RerouteSteps rerouting() {
        return rerouting;
    }

    @Override
    public StepResult assign(FulfillmentOrderId id) {
        return channel.assign(id);
    }

    @Override
    public Released release(FulfillmentOrderId id, String policyVersion) {
        return release.release(id, policyVersion);
    }

    @Override
    public LegState observe(FulfillmentOrderId id, String policyVersion) {
        return watch.observe(id, policyVersion);
    }

    @Override
    public StepResult review(FulfillmentOrderId id, String policyVersion, @Nullable Instant missed) {
        return watch.review(id, policyVersion, missed);
    }

    @Override
    public StepResult reroute(FulfillmentOrderId id) {
        return watch.reroute(id);
    }

    @Override
    public StepResult askBack(FulfillmentOrderId id) {
        return recall.ask(id);
    }

    @Override
    public StepResult recall(FulfillmentOrderId id) {
        return recall.recall(id);
    }

    @Override
    public StepResult buyLabels(FulfillmentOrderId id) {
        return labels.buy(id);
    }

    @Override
    public StepResult voidLabels(FulfillmentOrderId id) {
        return labels.giveBack(id);
    }

    @Override
    public StepResult remind(FulfillmentOrderId id) {
        return customer.remind(id);
    }

    @Override
    public StepResult mirrorReady(FulfillmentOrderId id) {
        return channel.ready(id);
    }

    @Override
    public StepResult mirrorHandover(FulfillmentOrderId id) {
        return channel.handover(id);
    }

    @Override
    public StepResult tellFacility(FulfillmentOrderId id) {
        return facility.tell(id);
    }

    @Override
    public StepResult tellHold(FulfillmentOrderId id) {
        return holdNews.tell(id);
    }

    @Override
    public StepResult tell(FulfillmentOrderId id) {
        return customer.tell(id);
    }
}
