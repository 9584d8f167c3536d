package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Messages;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.notification.Notification;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.Policies;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.fulfillment.FulfillmentSteps;
import io.throughline.workflows.fulfillment.LegState;
import io.throughline.workflows.fulfillment.Released;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives work to facilities, follows it, and keeps the channel's picture and the customer in step. */
public final class FulfillmentStepsImpl implements FulfillmentSteps {
    private static final String ONCE = "once";

    private final Steps steps;
    private final Effects effects;
    private final OutsideWorld world;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final InventoryLedger inventory;
    private final Facilities facilities;
    private final Policies policies;
    private final Routing routing;
    private final LegStates legStates;
    private final Messages messages;
    private final Clock clock;

    public FulfillmentStepsImpl(
            Steps steps,
            Effects effects,
            OutsideWorld world,
            Orders orders,
            FulfillmentOrders work,
            InventoryLedger inventory,
            Facilities facilities,
            Policies policies,
            Messages messages,
            Clock clock) {
        this.steps = steps;
        this.effects = effects;
        this.world = world;
        this.orders = orders;
        this.work = work;
        this.inventory = inventory;
        this.facilities = facilities;
        this.policies = policies;
        this.routing = new Routing(inventory, work, facilities);
        this.legStates = new LegStates(world.accounts(), facilities);
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public StepResult assign(FulfillmentOrderId id) {
        Job job = job(id);
        if (job.work().status() != FulfillmentStatus.ALLOCATED) {
            return StepResult.done();
        }
        FulfillmentMirror mirror = world.mirror(job.channel());
        FulfillmentMirror.Assignment assignment = new FulfillmentMirror.Assignment(
                job.key(),
                id,
                job.channelWork(),
                job.locationIn(job.channel()),
                job.work().lines());
        return steps.take(step(job, "channel.assign"), decision -> {
            if (job.cancelled()) {
                return Reply.done("not needed any more");
            }
            Reply reply = effects.carryOut(
                    new Effects.Intent(
                            job.channel(),
                            id.value(),
                            "assign",
                            ONCE,
                            assignment.location() + " " + assignment.lines(),
                            () -> mirror.findAssignment(assignment),
                            key -> mirror.assign(assignment, key)),
                    decision);
            if (reply instanceof Reply.Done(Receipt receipt) && receipt.sent()) {
                work.assigned(id, receipt.reference());
            }
            return reply;
        });
    }

    @Override
    public Released release(FulfillmentOrderId id, String policyVersion) {
        Job job = job(id);
        if (job.work().status() != FulfillmentStatus.ALLOCATED) {
            return new Released(StepResult.done(), null);
        }
        FacilitySystem system = world.facilitySystem(job.facility().workAccount());
        FacilitySystem.Work wanted = job.asWork();
        StepResult result = steps.take(step(job, "facility.release"), decision -> {
            if (job.cancelled()) {
                return Reply.done("not needed any more");
            }
            Reply reply = effects.carryOut(
                    new Effects.Intent(
                            job.facility().workAccount(),
                            id.value(),
                            "release",
                            ONCE,
                            wanted.location() + " " + wanted.lines(),
                            () -> system.findRelease(wanted),
                            key -> system.release(wanted, key)),
                    decision);
            if (reply instanceof Reply.Done(Receipt receipt)) {
                boolean sent = receipt.sent();
                work.released(
                        id,
                        job.facility().workAccount(),
                        sent ? receipt.reference() : FulfillmentOrder.plannedReference(id),
                        clock.instant()
                                .plus(
                                        sent
                                                ? acknowledgeWithin(policyVersion, job)
                                                : handOverWithin(policyVersion, job)));
            }
            return reply;
        });
        if (result.verdict() != StepResult.Verdict.DONE) {
            return new Released(result, null);
        }
        Job after = job(id);
        return after.cancelled()
                ? new Released(StepResult.cancelled(), null)
                : new Released(result, legStates.of(after.order(), after.work(), false));
    }

    @Override
    public LegState observe(FulfillmentOrderId id, String policyVersion) {
        Job job = job(id);
        return steps.retrying(step(job, "facility.observe"), () -> {
            FulfillmentOrder seen = job.work();
            boolean late =
                    seen.deadline().filter(due -> !due.isAfter(clock.instant())).isPresent();
            if (!seen.status().terminal() && seen.workReference().isPresent() && (seen.hinted() || late)) {
                Instant readAt = clock.instant();
                WorkProgress progress = progress(job);
                seen = work.observed(id, progress, readAt, deadline(policyVersion, job, progress, readAt));
                if (late && seen.onlyPlanned() && !seen.status().terminal()) {
                    // Nobody whom we gave the work is late: this is when to look again.
                    work.extend(id, readAt.plus(handOverWithin(policyVersion, job)));
                    seen = work.get(id);
                }
            }
            if (seen.status().handedOver()) {
                inventory.consume(id);
            }
            if (seen.status() == FulfillmentStatus.CANCELLED) {
                settleRecall(job);
            }
            return legStates.of(job.order(), seen, false);
        });
    }

    /** Others do what was only planned: that the goods have left is seen where the channel sees it, and nothing else counts. */
    private WorkProgress progress(Job job) {
        if (!job.work().onlyPlanned()) {
            return job.toldBy(world.facilitySystem(job.facility().workAccount()).read(job.asWork()));
        }
        WorkProgress nothing = new WorkProgress(Optional.empty(), Optional.empty(), Optional.empty());
        if (job.work().channelWork().isEmpty() || mode(job.channel()) == EffectMode.OFF) {
            return nothing;
        }
        WorkProgress seen = world.facilitySystem(job.channel()).read(job.asChannelWork());
        return seen.status()
                .filter(status -> status.handedOver() || status == FulfillmentStatus.READY_FOR_PICKUP)
                .map(status -> seen)
                .orElse(nothing);
    }

    private EffectMode mode(AccountId account) {
        return world.accounts().get(account).mode();
    }

    @Override
    public StepResult review(FulfillmentOrderId id, String policyVersion, @Nullable Instant missed) {
        LegState leg = observe(id, policyVersion);
        Job job = job(id);
        if (leg.status() == FulfillmentStatus.REJECTED && steps.reroutedBefore(id.order(), id.value())) {
            return StepResult.reroute();
        }
        if (leg.status() != FulfillmentStatus.REJECTED && job.work().onlyPlanned()) {
            // Nobody was asked, so nobody is silent.
            work.extend(id, clock.instant().plus(handOverWithin(policyVersion, job)));
            return StepResult.done();
        }
        if (leg.status() != FulfillmentStatus.REJECTED && !Objects.equals(leg.deadline(), missed)) {
            steps.relieve(step(job, "facility.review"), "the facility has answered, or has more time");
            return StepResult.done();
        }
        return steps.take(step(job, "facility.review"), decision -> {
            if (job.work().status() == FulfillmentStatus.REJECTED) {
                return Reply.refused(
                        FailureCode.FACILITY_REJECTED,
                        job.facility().id() + " rejected " + id + "; its own words are with the order");
            }
            if (decision.map(Decision::action).filter(Action.RETRY::equals).isPresent()) {
                work.extend(id, clock.instant().plus(acknowledgeWithin(policyVersion, job)));
                return Reply.done("waiting on");
            }
            return Reply.refused(
                    FailureCode.FACILITY_SILENT,
                    job.facility().id() + " has left " + id + " " + job.work().status() + " beyond "
                            + job.work().deadline().map(Instant::toString).orElse("its time"));
        });
    }

    @Override
    public StepResult reroute(FulfillmentOrderId id) {
        Job job = job(id);
        return steps.take(step(job, "facility.reroute"), decision -> {
            if (job.work().status() != FulfillmentStatus.REJECTED) {
                Reply recalled = recall(job, decision);
                if (recalled instanceof Reply.Refused) {
                    return recalled;
                }
                work.rejected(id, "taken away to be routed again");
            }
            inventory.release(id, true);
            return routing.routeAgain(orders.find(id.order()).orElseThrow(), work.get(id));
        });
    }

    @Override
    public StepResult recall(FulfillmentOrderId id) {
        Job job = job(id);
        if (job.work().status().terminal() && !job.work().status().handedOver()) {
            return StepResult.done();
        }
        StepResult result = steps.take(step(job, "facility.recall"), decision -> takeBack(job, decision));
        FulfillmentStatus status = work.get(id).status();
        if (result.verdict() == StepResult.Verdict.DONE && (status.handedOver() || !status.terminal())) {
            steps.leaveBehind(
                    step(job, "goods.outstanding"),
                    FailureCode.GOODS_OUTSTANDING,
                    "the order was ended, but " + job.facility().id() + " did not give " + id + " back and has it "
                            + status);
        }
        return result;
    }

    /** What can't be taken back has perhaps left meanwhile, or was called off by the facility itself. */
    private Reply takeBack(Job job, Optional<Decision> decision) {
        if (job.work().status().handedOver()) {
            return haveLeft(job);
        }
        Reply recalled = recall(job, decision);
        if (recalled instanceof Reply.Refused(FailureCode code, String detail)) {
            FulfillmentStatus told = lookAgain(job).status();
            if (told.handedOver()) {
                return haveLeft(job);
            }
            return told.terminal()
                    ? Reply.done("called off by the facility")
                    : Reply.refused(FailureCode.RECALL_REFUSED, code + ": " + detail);
        }
        work.cancelled(job.work().id(), "the order has ended");
        return recalled;
    }

    private static Reply haveLeft(Job job) {
        return Reply.refused(
                FailureCode.RECALL_REFUSED,
                "the goods of " + job.work().id() + " have left "
                        + job.facility().id());
    }

    private FulfillmentOrder lookAgain(Job job) {
        if (job.work().workReference().isEmpty()) {
            return job.work();
        }
        Instant readAt = clock.instant();
        WorkProgress progress =
                job.toldBy(world.facilitySystem(job.facility().workAccount()).read(job.asWork()));
        FulfillmentOrder seen =
                work.observed(job.work().id(), progress, readAt, job.work().deadline());
        if (seen.status().handedOver()) {
            inventory.consume(seen.id());
        }
        return seen;
    }

    /** A release whose outcome nobody knows is looked for first: what may lie at the facility must be taken back. */
    private Reply recall(Job job, Optional<Decision> decision) {
        if (job.work().onlyPlanned()) {
            return Reply.done("its facility was never told of it");
        }
        AccountId account = job.facility().workAccount();
        FacilitySystem system = world.facilitySystem(account);
        String subject = job.work().id().value();
        Optional<EffectLedger.State> release =
                effects.find(account, subject, "release", ONCE).map(EffectLedger.Effect::state);
        boolean tried = release.isPresent() && release.get() != EffectLedger.State.PENDING;
        Optional<String> reference = job.work().workReference();
        if (reference.isEmpty() && tried) {
            reference = system.findRelease(job.asWork()).map(Receipt::reference);
        }
        if (reference.isEmpty()) {
            return Reply.done("never released");
        }
        FacilitySystem.Work released = job.asWork(reference);
        return effects.carryOut(
                new Effects.Intent(
                        account,
                        subject,
                        "recall",
                        ONCE,
                        "recall " + reference.get(),
                        () -> system.findRecall(released),
                        key -> system.recall(released, key)),
                decision);
    }

    /** What was asked back may be seen to have come back before that call was answered: then the answer is known, too. */
    private void settleRecall(Job job) {
        effects.find(job.facility().workAccount(), job.work().id().value(), "recall", ONCE)
                .filter(asked -> asked.state() == EffectLedger.State.UNKNOWN)
                .ifPresent(unanswered -> recall(job, Optional.empty()));
    }

    @Override
    public StepResult mirrorReady(FulfillmentOrderId id) {
        Job job = job(id);
        if (knownFromChannel(job)) {
            return StepResult.done();
        }
        FulfillmentMirror mirror = world.mirror(job.channel());
        return steps.take(
                step(job, "channel.ready"),
                decision -> effects.carryOut(
                        new Effects.Intent(
                                job.channel(),
                                id.value(),
                                "ready",
                                ONCE,
                                "ready " + job.channelWork(),
                                () -> mirror.findReady(job.channelWork(), job.key()),
                                key -> mirror.readyForPickup(job.channelWork(), job.key(), key)),
                        decision));
    }

    /** A channel that listens to us must not be told what it has told us. */
    private boolean knownFromChannel(Job job) {
        return job.work().onlyPlanned() && mode(job.channel()) == EffectMode.LIVE;
    }

    @Override
    public StepResult mirrorHandover(FulfillmentOrderId id) {
        Job job = job(id);
        if (knownFromChannel(job)) {
            return StepResult.done();
        }
        FulfillmentMirror mirror = world.mirror(job.channel());
        FulfillmentMirror.Handover handover = new FulfillmentMirror.Handover(
                job.key(),
                id,
                job.channelWork(),
                job.work().tracking(),
                job.work().lines());
        return steps.take(
                step(job, "channel.handover"),
                decision -> effects.carryOut(
                        new Effects.Intent(
                                job.channel(),
                                id.value(),
                                "handover",
                                ONCE,
                                "handover " + handover.channelWork() + " " + handover.lines(),
                                () -> mirror.findHandover(handover),
                                key -> mirror.handOver(handover, key)),
                        decision));
    }

    @Override
    public StepResult tell(FulfillmentOrderId id) {
        Job job = job(id);
        if (job.work().method() == DeliveryMethod.CARRIED_OUT || job.work().method() == DeliveryMethod.NONE) {
            return StepResult.done();
        }
        Notification.Template template = switch (job.work().status()) {
            case SHIPPED -> Notification.Template.SHIPPED;
            case PICKED_UP -> Notification.Template.PICKED_UP;
            default -> Notification.Template.READY_FOR_PICKUP;
        };
        Map<String, String> facts = new HashMap<>();
        facts.put("facility", job.facility().name());
        job.work().tracking().ifPresent(tracking -> {
            facts.put("carrier", tracking.carrier());
            facts.put("tracking", tracking.number());
        });
        return steps.take(
                step(job, "customer.tell"),
                decision -> messages.send(id.order(), id.value(), template, facts, decision));
    }

    private Optional<Instant> deadline(String policyVersion, Job job, WorkProgress progress, Instant readAt) {
        return progress.status().filter(status -> !status.terminal()).map(status -> switch (status) {
            case ALLOCATED, RELEASED -> readAt.plus(acknowledgeWithin(policyVersion, job));
            case READY_FOR_PICKUP -> readAt.plus(policies.version(policyVersion).pickUpWithin());
            default -> readAt.plus(handOverWithin(policyVersion, job));
        });
    }

    private java.time.Duration handOverWithin(String policyVersion, Job job) {
        OrderPolicy policy = policies.version(policyVersion);
        return policy.handOverWithin().getOrDefault(job.facility().kind(), policy.pickUpWithin());
    }

    private java.time.Duration acknowledgeWithin(String policyVersion, Job job) {
        OrderPolicy policy = policies.version(policyVersion);
        return policy.acknowledgeWithin().getOrDefault(job.facility().kind(), policy.pickUpWithin());
    }

    private Job job(FulfillmentOrderId id) {
        OrderView order = orders.view(id.order()).orElseThrow();
        FulfillmentOrder found = order.fulfillmentOrders().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no fulfillment order " + id));
        return new Job(order, found, facilities.get(found.facility()));
    }

    private static Steps.Step step(Job job, String name) {
        return new Steps.Step(
                job.order().id(), job.key().account(), name, job.work().id().value());
    }

    /** A piece of work with all that its steps need to know. */
    private record Job(OrderView order, FulfillmentOrder work, Facility facility) {
        OrderKey key() {
            return order.key();
        }

        AccountId channel() {
            return order.key().account();
        }

        String channelWork() {
            return work.channelWork()
                    .orElseThrow(() -> new IllegalStateException(work.id() + " has no work item at its channel"));
        }

        boolean cancelled() {
            return order.toBeUndone();
        }

        /** What a facility calls off by itself still has to be done by somebody: to us that is a rejection. */
        WorkProgress toldBy(WorkProgress progress) {
            boolean calledOff = progress.status()
                    .filter(FulfillmentStatus.CANCELLED::equals)
                    .isPresent();
            return calledOff && !cancelled()
                    ? new WorkProgress(
                            Optional.of(FulfillmentStatus.REJECTED),
                            progress.tracking(),
                            progress.reason().or(() -> Optional.of("called off by the facility")))
                    : progress;
        }

        String locationIn(AccountId account) {
            String location = facility.locations().get(account);
            if (location == null) {
                throw new IllegalStateException(facility.id() + " has no location at account " + account);
            }
            return location;
        }

        FacilitySystem.Work asWork() {
            return asWork(work.workReference());
        }

        /** The channel's own work item, as if the channel were the facility's system. */
        FacilitySystem.Work asChannelWork() {
            return asWork(channel(), work.channelWork());
        }

        FacilitySystem.Work asWork(Optional<String> reference) {
            return asWork(facility.workAccount(), reference);
        }

        private FacilitySystem.Work asWork(AccountId account, Optional<String> reference) {
            return new FacilitySystem.Work(
                    account,
                    locationIn(account),
                    work.id(),
                    order.name(),
                    work.method(),
                    work.lines(),
                    work.channelWork(),
                    reference,
                    Optional.empty());
        }
    }
}
