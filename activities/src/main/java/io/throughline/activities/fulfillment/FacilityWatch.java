package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Steps;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Orders;
import io.throughline.domain.transfer.OrderTransfers;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.TransferStatus;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.fulfillment.LegState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the work at its facility, and sends it elsewhere, or asks a person, where that says no, or nothing in time. What lies ready and is not picked up
 * ends its order, where the policy says so and nothing else of it has left.
 */
final class FacilityWatch {
    private static final String REVIEW = "facility.review";
    private static final String ACTOR = "throughline";

    private final Jobs jobs;
    private final Steps steps;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final FacilityReading reading;
    private final FacilityRecall recall;
    private final LegStates legStates;
    private final Deadlines deadlines;
    private final Withdrawal withdrawal;
    private final Reroutes reroutes;
    private final OrderTransfers transfers;
    private final Clock clock;

    FacilityWatch(
            Jobs jobs,
            Steps steps,
            Orders orders,
            FulfillmentOrders work,
            FacilityReading reading,
            FacilityRecall recall,
            LegStates legStates,
            Deadlines deadlines,
            Withdrawal withdrawal,
            Reroutes reroutes,
            OrderTransfers transfers,
            Clock clock) {
        this.jobs = jobs;
        this.steps = steps;
        this.orders = orders;
        this.work = work;
        this.reading = reading;
        this.recall = recall;
        this.legStates = legStates;
        this.deadlines = deadlines;
        this.withdrawal = withdrawal;
        this.reroutes = reroutes;
        this.transfers = transfers;
        this.clock = clock;
    }

    LegState observe(FulfillmentOrderId id, String policyVersion) {
        Job job = jobs.get(id);
        return steps.retrying(job.stepAtFacility("facility.observe"), () -> {
            FulfillmentOrder seen = reading.catchUp(job, policyVersion);
            if (seen.status() == FulfillmentStatus.CANCELLED) {
                recall.settle(job);
            }
            return legStates.of(job.order(), seen, leftForGood(seen)).remindedAt(remindAt(seen, policyVersion));
        });
    }

    /** Others do what is given back, or nobody has to: then its process need not look after it any more. */
    private boolean leftForGood(FulfillmentOrder seen) {
        return seen.status() == FulfillmentStatus.REJECTED
                && reroutes.latest(seen.id()).filter(Reroute::leftItsFacility).isPresent();
    }

    private @Nullable Instant remindAt(FulfillmentOrder seen, String policyVersion) {
        return deadlines
                .toRemind(seen, policyVersion)
                .filter(at -> seen.heldOpen().isEmpty() && !work.reminded(seen.id()))
                .orElse(null);
    }

    StepResult review(FulfillmentOrderId id, String policyVersion, @Nullable Instant missed) {
        LegState leg = observe(id, policyVersion);
        Job job = jobs.get(id);
        if (leg.status() == FulfillmentStatus.REJECTED) {
            return rejected(job, policyVersion);
        }
        if (job.work().onlyPlanned()) {
            // Nobody was asked, so nobody is silent.
            work.extend(id, deadlines.toHandOver(job, policyVersion, clock.instant()));
            return StepResult.done();
        }
        if (!Objects.equals(leg.deadline(), missed)) {
            steps.relieve(job.stepAtFacility(REVIEW), "the facility has answered, or has more time");
            return StepResult.done();
        }
        if (withdrawal.waits(job)) {
            work.extend(id, deadlines.afresh(job, policyVersion, clock.instant()));
            steps.relieve(job.stepAtFacility(REVIEW), "its facility is paused, and no time of it runs");
            return StepResult.done();
        }
        if (job.work().awaitsGoods()) {
            return notYetBrought(job, policyVersion);
        }
        if (job.work().status() == FulfillmentStatus.READY_FOR_PICKUP) {
            return uncollected(job, policyVersion);
        }
        if (reroutes.latest(id).filter(one -> !one.ended()).isPresent()) {
            return elsewhere(job, RerouteCause.SILENT, "it goes elsewhere");
        }
        if (withdrawal.applies(job)) {
            return elsewhere(job, RerouteCause.PAUSED, "the facility is paused");
        }
        return goesWithoutAWord(job, policyVersion)
                ? elsewhere(job, RerouteCause.SILENT, "the facility has let its time pass")
                : ask(job, policyVersion);
    }

    /** Who has not sent it is passed over by policy, as who is silent; what may be lost on its way is a person's. */
    private StepResult notYetBrought(Job job, String policyVersion) {
        Optional<Transfer> transfer = transfers.of(job.work().id());
        boolean sent =
                transfer.filter(one -> one.status() == TransferStatus.SENT).isPresent();
        FacilityId sender = transfer.map(Transfer::from).orElse(job.facility().id());
        if (!sent && withdrawal.isPaused(sender)) {
            work.extend(job.work().id(), patience(job, policyVersion, transfer, false));
            steps.relieve(job.stepAtFacility(REVIEW), "who is to send it is paused, and no time of it runs");
            return StepResult.done();
        }
        if (!sent && deadlines.reroutes(policyVersion).passesOver(sender)) {
            transfers.giveUp(job.work().id(), RerouteCause.SILENT);
            steps.relieve(job.stepAtFacility(REVIEW), "others are to send it");
            return StepResult.waiting();
        }
        return steps.take(job.stepAtFacility(REVIEW), decision -> {
            if (!work.get(job.work().id()).awaitsGoods()) {
                return Reply.done("it has come, or is looked for elsewhere");
            }
            if (decision.map(Decision::action).filter(Action.RETRY::equals).isPresent()) {
                work.extend(job.work().id(), patience(job, policyVersion, transfer, sent));
                return Reply.done("waiting on");
            }
            return Reply.refused(FailureCode.FACILITY_SILENT, notBrought(job, transfer, sent));
        });
    }

    private Instant patience(Job job, String policyVersion, Optional<Transfer> transfer, boolean sent) {
        Instant now = clock.instant();
        return transfer.filter(one -> sent)
                .map(one -> now.plus(one.terms().within()))
                .orElseGet(() -> deadlines.toAcknowledge(job, policyVersion, now));
    }

    private static String notBrought(Job job, Optional<Transfer> transfer, boolean sent) {
        String name = transfer.map(one -> one.id() + " from " + one.from()).orElse("what it needs");
        return sent
                ? name + " was sent and has not arrived at " + job.facility().id() + " by " + words(job)
                        + ": receive it there, or REROUTE to have it sent by somebody else"
                : name + " was not sent by " + words(job) + ": " + job.work().id() + " at "
                        + job.facility().id() + " waits for it";
    }

    /** What is packed, or is not given back, leaves its facility, however late. */
    private boolean goesWithoutAWord(Job late, String policyVersion) {
        return Withdrawal.isShipped(late)
                && !late.work().status().reached(FulfillmentStatus.PACKED)
                && !late.work().kept()
                && deadlines.reroutes(policyVersion).passesOver(late.facility().id());
    }

    /**
     * What a store has said itself, or a pause took, goes elsewhere; so does what its system gives a reason for. What that only says no to does by
     * policy, or a person decides.
     */
    private StepResult rejected(Job job, String policyVersion) {
        Optional<Reroute> known = reroutes.latest(job.work().id()).filter(one -> one.status() != RerouteStatus.KEPT);
        if (known.isPresent()) {
            return known.get().ended() ? StepResult.done() : StepResult.waiting();
        }
        boolean decided = job.work().withdrawn()
                || job.work().reported()
                || job.work().explained()
                || deadlines.reroutes(policyVersion).unexplained()
                || steps.reroutedBefore(job.order().id(), job.work().id().value());
        RerouteCause cause = job.work().withdrawn()
                ? RerouteCause.PAUSED
                : RerouteCause.of(job.work().answer());
        return decided ? elsewhere(job, cause, "it goes elsewhere") : ask(job, policyVersion);
    }

    private StepResult uncollected(Job job, String policyVersion) {
        boolean nothingLeft = job.order().fulfillmentOrders().stream()
                .noneMatch(one -> one.status().handedOver());
        if (nothingLeft && deadlines.endWithoutCustomer(policyVersion)) {
            orders.requestCancel(job.order().id(), ACTOR, FulfillmentOrder.UNCOLLECTED);
            steps.relieve(job.stepAtFacility(REVIEW), "the order is being cancelled");
            return StepResult.cancelled();
        }
        return steps.take(job.stepAtFacility(REVIEW), decision -> {
            if (decision.map(Decision::action).filter(Action.RETRY::equals).isPresent()) {
                work.extend(job.work().id(), deadlines.toCollect(job, policyVersion, clock.instant()));
                return Reply.done("waiting on");
            }
            return Reply.refused(
                    FailureCode.NOT_COLLECTED,
                    "nobody has collected " + job.work().id() + " from "
                            + job.facility().id() + " by " + words(job));
        });
    }

    /** Nobody has to decide that; its own process sees to it. */
    private StepResult elsewhere(Job job, RerouteCause cause, String why) {
        reroutes.open(job.work().id(), cause);
        steps.relieve(job.stepAtFacility(REVIEW), why);
        return StepResult.waiting();
    }

    /** A person, or a pause, wants the work to go elsewhere: opens that, once. */
    StepResult reroute(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        return steps.takeBy(job.stepAtFacility("facility.reroute"), () -> true, decision -> {
            if (job.work().awaitsGoods()) {
                transfers.giveUp(id, RerouteCause.SILENT);
            } else if (!job.work().status().handedOver()) {
                reroutes.open(id, cause(job));
            }
            return new Steps.Taken(Reply.done("its own process sees to it"), StepResult.waiting());
        });
    }

    private RerouteCause cause(Job job) {
        if (job.work().status() == FulfillmentStatus.REJECTED) {
            return RerouteCause.REJECTED;
        }
        if (withdrawal.applies(job)) {
            return RerouteCause.PAUSED;
        }
        if (legStates.of(job.order(), job.work(), false).labelsToBuy()) {
            return RerouteCause.CARRIER;
        }
        return job.work().workReference().isPresent() ? RerouteCause.SILENT : RerouteCause.REFUSED;
    }

    private StepResult ask(Job job, String policyVersion) {
        return steps.take(job.stepAtFacility(REVIEW), decision -> {
            if (job.work().status() == FulfillmentStatus.REJECTED) {
                return rejected(job);
            }
            if (decision.map(Decision::action).filter(Action.RETRY::equals).isPresent()) {
                work.extend(job.work().id(), deadlines.toAcknowledge(job, policyVersion, clock.instant()));
                return Reply.done("waiting on");
            }
            return silent(job);
        });
    }

    private static Reply rejected(Job job) {
        return Reply.refused(
                FailureCode.FACILITY_REJECTED,
                job.facility().id() + " rejected " + job.work().id() + "; its own words are with the order");
    }

    private static Reply silent(Job job) {
        FulfillmentOrder left = job.work();
        return Reply.refused(
                FailureCode.FACILITY_SILENT,
                job.facility().id() + " has left " + left.id() + " " + left.status() + " beyond " + words(job));
    }

    private static String words(Job job) {
        return job.work()
                .deadline()
                .map(until -> until.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("its time");
    }
}
