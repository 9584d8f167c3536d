package io.throughline.workflows.order;

import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an order's process starts with; small, without personal data. {@code channelQueue} is the task queue of its channel's system;
 * {@code localQueues} are the queues whose activities may be tried locally first. The policy's version is pinned here. {@code
 * stalledSince} is what a run that goes on where another one ended is told of its stalled steps; null where there are none.
 */
public record OrderInput(
        OrderId order,
        String channelQueue,
        String policyVersion,
        Set<String> localQueues,
        @Nullable Map<String, Instant> stalledSince) {
    public OrderInput {
        localQueues = Set.copyOf(localQueues);
        stalledSince = stalledSince == null || stalledSince.isEmpty() ? null : Map.copyOf(stalledSince);
    }

    public OrderInput(OrderId order, String channelQueue, String policyVersion, Set<String> localQueues) {
        this(order, channelQueue, policyVersion, localQueues, null);
    }

    /** The input of the next run. */
    OrderInput stalled(Map<String, Instant> since) {
        return new OrderInput(order, channelQueue, policyVersion, localQueues, since);
    }
}
