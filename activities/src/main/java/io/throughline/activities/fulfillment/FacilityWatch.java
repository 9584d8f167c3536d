package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Steps;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Orders;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.fulfillment.LegState;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the work at its facility, and asks a person about a facility that says no, or nothing in time. What lies ready and is not picked up
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
        this.clock = clock;
    }

    LegState observe(FulfillmentOrderId id, String policyVersion) {
        Job job = jobs.get(id);
        return steps.retrying(job.stepAtFacility("facility.observe"), () -> {
            FulfillmentOrder seen = reading.catchUp(job, policyVersion);
            if (seen.status() == FulfillmentStatus.CANCELLED) {
                recall.settle(job);
            }
            return legStates.of(job.order(), seen, false);
        });
    }

    StepResult review(FulfillmentOrderId id, String policyVersion, @Nullable Instant missed) {
        LegState leg = observe(id, policyVersion);
        Job job = jobs.get(id);
        if (leg.status() == FulfillmentStatus.REJECTED) {
            if (withdrawal.followsFrom(job)) {
                return elsewhere(job, "the store has said no itself, or is paused");
            }
            return steps.reroutedBefore(id.order(), id.value()) ? StepResult.reroute() : ask(job, policyVersion);
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
        if (job.work().status() == FulfillmentStatus.READY_FOR_PICKUP) {
            return uncollected(job, policyVersion);
        }
        return withdrawal.applies(job) ? elsewhere(job, "the facility is paused") : ask(job, policyVersion);
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

    /** Nobody has to decide that. */
    private StepResult elsewhere(Job job, String why) {
        steps.relieve(job.stepAtFacility(REVIEW), why);
        return StepResult.reroute();
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
        return job.work().deadline().map(Instant::toString).orElse("its time");
    }
}
