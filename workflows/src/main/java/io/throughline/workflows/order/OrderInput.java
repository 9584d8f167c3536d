package io.throughline.workflows.order;

import io.throughline.domain.order.OrderId;
import java.util.Set;

/**
 * What an order's process starts with; small, without personal data. {@code channelQueue} is the task queue of its channel's system;
 * {@code localQueues} are the queues whose activities may be tried locally first. The policy's version is pinned here.
 */
public record OrderInput(OrderId order, String channelQueue, String policyVersion, Set<String> localQueues) {
    public OrderInput {
        localQueues = Set.copyOf(localQueues);
    }
}
