package io.throughline.activities.fulfillment;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.ReroutePolicy;
import io.throughline.domain.policy.Uncollected;
import io.throughline.domain.routing.WorkDeadlines;
import java.time.Instant;
import java.util.Optional;

/** Until when a facility, or the customer who is to collect, must have done what comes next, by the version of the policy that the order keeps to. */
final class Deadlines {
    private final Policies policies;
    private final WorkDeadlines times;
    private final FacilityPauses pauses;

    Deadlines(Policies policies, WorkDeadlines times, FacilityPauses pauses) {
        this.policies = policies;
        this.times = times;
        this.pauses = pauses;
    }

    Instant toAcknowledge(Job job, String policyVersion, Instant since) {
        return leaveBy(FulfillmentStatus.RELEASED, job, policyVersion, since).orElseThrow();
    }

    Instant toCollect(Job job, String policyVersion, Instant since) {
        return leaveBy(FulfillmentStatus.READY_FOR_PICKUP, job, policyVersion, since)
                .orElseThrow();
    }

    /** As if it had just come to where it stands. */
    Instant afresh(Job job, String policyVersion, Instant since) {
        return leaveBy(job.work().status(), job, policyVersion, since).orElseThrow();
    }

    /** When the customer of what lies ready is to be reminded, who can't come while it is paused; empty where that is not to be. */
    Optional<Instant> toRemind(FulfillmentOrder work, String policyVersion) {
        return work.status() == FulfillmentStatus.READY_FOR_PICKUP
                ? policies.version(policyVersion)
                        .remindBefore()
                        .flatMap(before -> work.deadline().map(last -> last.minus(before)))
                        .flatMap(at -> onceOpen(work.facility(), at))
                : Optional.empty();
    }

    private Optional<Instant> onceOpen(FacilityId facility, Instant at) {
        return pauses.of(facility)
                .map(pause -> pause.until().map(end -> at.isBefore(end) ? end : at))
                .orElse(Optional.of(at));
    }

    Instant toHandOver(Job job, String policyVersion, Instant since) {
        return leaveBy(FulfillmentStatus.ACKNOWLEDGED, job, policyVersion, since)
                .orElseThrow();
    }

    /** Empty if nothing was told, or nothing is to come after what was told. */
    Optional<Instant> after(WorkProgress told, Job job, String policyVersion, Instant readAt) {
        return told.status().flatMap(status -> leaveBy(status, job, policyVersion, readAt));
    }

    /** Whether the order goes by itself when its goods are not picked up. */
    boolean endWithoutCustomer(String policyVersion) {
        return policies.version(policyVersion).uncollected() == Uncollected.CANCEL;
    }

    /** What becomes of work that its facility does not do. */
    ReroutePolicy reroutes(String policyVersion) {
        return policies.version(policyVersion).reroutes();
    }

    private Optional<Instant> leaveBy(FulfillmentStatus status, Job job, String policyVersion, Instant since) {
        return times.leaveBy(policies.version(policyVersion), status, job.facility(), since);
    }
}
