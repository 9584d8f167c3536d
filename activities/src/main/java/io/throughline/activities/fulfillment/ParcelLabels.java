package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Steps;
import io.throughline.activities.call.Steps.Taken;
import io.throughline.activities.fulfillment.LabelSellers.Sale;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.ReroutePolicy.Carriers;
import io.throughline.workflows.call.StepResult;
import java.util.List;
import java.util.Optional;

/**
 * Buys labels for packed parcels, each once by its own name, and gives back those of what does not leave. Where no carrier sells one, the work
 * goes elsewhere by the order's policy, or a person decides.
 */
final class ParcelLabels {
    private final Jobs jobs;
    private final Steps steps;
    private final Orders orders;
    private final Shipping shipping;
    private final Reroutes reroutes;
    private final Policies policies;
    private final FacilityReading reading;
    private final LabelSellers sellers;
    private final WithoutCarrier elsewhere;

    ParcelLabels(
            Jobs jobs,
            Steps steps,
            Orders orders,
            Shipping shipping,
            Reroutes reroutes,
            Policies policies,
            FacilityReading reading,
            LabelSellers sellers,
            WithoutCarrier elsewhere) {
        this.jobs = jobs;
        this.steps = steps;
        this.orders = orders;
        this.shipping = shipping;
        this.reroutes = reroutes;
        this.policies = policies;
        this.reading = reading;
        this.sellers = sellers;
        this.elsewhere = elsewhere;
    }

    StepResult buy(FulfillmentOrderId id) {
        Job job = withNews(jobs.get(id));
        if (job.cancelled()) {
            return StepResult.cancelled();
        }
        Optional<AccountId> seller = job.facility().labels();
        if (seller.isEmpty()) {
            shipping.parcels().leftToFacility(id, "no carrier sells its labels any more");
            return StepResult.done();
        }
        AccountId carrier = seller.get();
        Steps.Step step = job.step("carrier.label").asking(carrier);
        if (job.work().status() != FulfillmentStatus.PACKED) {
            steps.relieve(step, "it is not to leave from here any more, or has left");
            return StepResult.done();
        }
        if (reroutes.latest(id).filter(one -> !one.ended()).isPresent()) {
            steps.relieve(step, "it is to go elsewhere");
            return StepResult.waiting();
        }
        StepResult result =
                steps.takeBy(step, () -> toBeLabelled(id).isEmpty(), decision -> buyAll(job, carrier, decision));
        if (result.verdict() == StepResult.Verdict.DONE && !toBeLabelled(id).isEmpty()) {
            toBeLabelled(id).forEach(parcel -> passOver(job, carrier, parcel));
            shipping.parcels().leftToFacility(id, "somebody has decided so");
        }
        return result;
    }

    /** What its facility's own system tells while a person is asked about a label: it may have left without. */
    private Job withNews(Job job) {
        if (!job.work().hinted() || job.cancelled()) {
            return job;
        }
        String version = policies.of(job.order().rules()).version();
        steps.retrying(
                job.stepAtFacility("facility.observe").within(job.step("carrier.label")),
                () -> reading.catchUp(job, version));
        return jobs.get(job.work().id());
    }

    private List<Parcel> toBeLabelled(FulfillmentOrderId id) {
        return shipping.parcels().ofWork(id).stream()
                .filter(parcel -> parcel.status() == ParcelStatus.TO_BE_LABELLED)
                .toList();
    }

    private Taken buyAll(Job job, AccountId carrier, Optional<Decision> decision) {
        Carriers policy = policies.of(job.order().rules()).reroutes().carriers();
        List<AccountId> asked = LabelSellers.sellers(Optional.of(carrier), policy.instead());
        Optional<PostalAddress> to = orders.find(job.order().id())
                .flatMap(order -> shipping.people().find(order.customer()))
                .flatMap(PersonalData::shipTo);
        for (Parcel parcel : toBeLabelled(job.work().id())) {
            if (to.isEmpty()) {
                return refused(parcel, "nobody knows where it is to go");
            }
            switch (sellers.sell(wanted(job, parcel, to.get()), asked, policy.silentAfter(), decision)) {
                case Sale.Sold(AccountId seller, Receipt receipt)
                when receipt.sent() -> shipping.parcels().labelled(parcel.id(), seller, Label.of(receipt));
                case Sale.Sold notSent ->
                    shipping.parcels().leftToFacility(job.work().id(), "nothing is sent to " + notSent.seller());
                case Sale.Nobody nobody -> {
                    return elsewhere.opens(job) ? goesElsewhere(job, parcel, asked) : toAPerson(parcel, nobody);
                }
            }
        }
        return new Taken(Reply.done("labelled"));
    }

    private LabelSellers.Wanted wanted(Job job, Parcel parcel, PostalAddress to) {
        return new LabelSellers.Wanted(
                job.order().id(),
                job.channel(),
                new Carrier.LabelRequest(
                        parcel.id(),
                        job.order().name(),
                        job.facility().name(),
                        job.facility().country(),
                        to,
                        parcel.weightGrams()),
                parcel.lines().toString(),
                (seller, why) -> shipping.parcels().labelRefused(parcel.id(), seller, why));
    }

    /** Nobody is asked for its label any more. */
    private void passOver(Job job, AccountId usual, Parcel parcel) {
        Carriers policy = policies.of(job.order().rules()).reroutes().carriers();
        passOver(job, LabelSellers.sellers(Optional.of(usual), policy.instead()), parcel);
    }

    private void passOver(Job job, List<AccountId> asked, Parcel parcel) {
        asked.forEach(seller -> sellers.passOver(job.order().id(), job.channel(), seller, parcel.id()));
    }

    private Taken goesElsewhere(Job job, Parcel parcel, List<AccountId> asked) {
        passOver(job, asked, parcel);
        return new Taken(Reply.done("its own process sees to it"), StepResult.waiting());
    }

    /** Who may still answer is asked on. */
    private static Taken toAPerson(Parcel parcel, Sale.Nobody nobody) {
        if (nobody.unanswered().isPresent()) {
            throw nobody.unanswered().get();
        }
        return refused(parcel, nobody.why());
    }

    private static Taken refused(Parcel parcel, String why) {
        return new Taken(Reply.refused(FailureCode.CARRIER_REFUSED, parcel.id() + ": " + why));
    }

    /** What a carrier does not take back is a case that nobody waits for: the money of a label is no reason to hold an order up. */
    StepResult giveBack(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        Steps.Step step =
                job.facility().labels().map(job.step("carrier.void")::asking).orElse(job.step("carrier.void"));
        return steps.take(step, decision -> {
            for (Parcel parcel : shipping.parcels().ofWork(id)) {
                if (parcel.status() == ParcelStatus.TO_BE_LABELLED) {
                    job.facility().labels().ifPresent(usual -> passOver(job, usual, parcel));
                    shipping.parcels().voided(parcel.id());
                } else if (parcel.status() == ParcelStatus.LABELLED
                        && parcel.boughtFrom().isPresent()) {
                    giveBack(job, parcel, parcel.boughtFrom().get());
                }
            }
            return Reply.done("given back");
        });
    }

    private void giveBack(Job job, Parcel parcel, AccountId carrier) {
        String number = parcel.tracking().orElseThrow().number();
        if (sellers.giveBack(job.order().id(), job.channel(), carrier, parcel.id(), number)) {
            shipping.parcels().voided(parcel.id());
        }
    }
}
