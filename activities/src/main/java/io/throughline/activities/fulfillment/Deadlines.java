package io.throughline.activities.fulfillment;

import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.Policies;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when a facility, or the customer who is to collect, must have done what comes next, by the version of the policy that the order
 * keeps to. A kind of facility for which the policy names no time has as long as a customer has to pick up.
 */
final class Deadlines {
    private final Policies policies;

    Deadlines(Policies policies) {
        this.policies = policies;
    }

    Instant toAcknowledge(Job job, String policyVersion, Instant since) {
        OrderPolicy policy = policies.version(policyVersion);
        return since.plus(policy.acknowledgeWithin().getOrDefault(job.facility().kind(), policy.pickUpWithin()));
    }

    Instant toHandOver(Job job, String policyVersion, Instant since) {
        OrderPolicy policy = policies.version(policyVersion);
        return since.plus(policy.handOverWithin().getOrDefault(job.facility().kind(), policy.pickUpWithin()));
    }

    /** Empty if nothing was told, or nothing is to come after what was told. */
    Optional<Instant> after(WorkProgress told, Job job, String policyVersion, Instant readAt) {
        return told.status().filter(status -> !status.terminal()).map(status -> switch (status) {
            case ALLOCATED, RELEASED -> toAcknowledge(job, policyVersion, readAt);
            case READY_FOR_PICKUP -> readAt.plus(policies.version(policyVersion).pickUpWithin());
            default -> toHandOver(job, policyVersion, readAt);
        });
    }
}
