package io.throughline.domain.policy;

import java.util.Optional;
import java.util.Set;

/**
 * What an order keeps from the moment that we first hear of it, whatever the deployment says later: the versions of its policy and of the one
 * by which it is routed, and the queues whose calls are first tried inside the process's own task. Each later start of its process takes
 * the same. An order from before routing was a policy has no version of that.
 */
public record OrderRules(String policyVersion, Optional<String> routingVersion, Set<String> localQueues) {
    public OrderRules {
        localQueues = Set.copyOf(localQueues);
    }

    /** Those of an order from before routing was a policy. */
    public OrderRules(String policyVersion, Set<String> localQueues) {
        this(policyVersion, Optional.empty(), localQueues);
    }
}
