package io.throughline.activities.fulfillment;

import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.ReroutePolicy;
import io.throughline.domain.policy.Uncollected;
import java.time.Instant;
import java.util.Optional;

/** Until when a facility, or the customer who is to collect, must have done what comes next, by the version of the policy that the order keeps to. */
final class Deadlines {
    private final Policies policies;

    Deadlines(Policies policies) {
        this.policies = policies;
    }

    Instant toAcknowledge(Job job, String policyVersion, Instant since) {
        return leaveBy(FulfillmentStatus.RELEASED, job, policyVersion, since).orElseThrow();
    }

    Instant toCollect(Job job, String policyVersion, Instant since) {
        return leaveBy(FulfillmentStatus.READY_FOR_PICKUP, job, policyVersion, since)
                .orElseThrow();
    }

    /** When the customer of what lies ready is to be reminded; empty where that is not to be. */
    Optional<Instant> toRemind(FulfillmentOrder work, String policyVersion) {
        return work.status() == FulfillmentStatus.READY_FOR_PICKUP
                ? policies.version(policyVersion)
                        .remindBefore()
                        .flatMap(before -> work.deadline().map(last -> last.minus(before)))
                : Optional.empty();
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
        return policies.version(policyVersion).leaveBy(status, job.facility().kind(), since);
    }
}
