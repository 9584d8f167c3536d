package io.throughline.domain.policy;

import java.util.Set;

/**
 * What an order keeps from the moment that we first hear of it, whatever the deployment says later: the version of its policy, and the
 * queues whose calls are first tried inside the process's own task. Each later start of its process takes the same.
 */
public record OrderRules(String policyVersion, Set<String> localQueues) {
    public OrderRules {
        localQueues = Set.copyOf(localQueues);
    }
}
