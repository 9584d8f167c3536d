package io.throughline.workflows.fulfillment;

import io.throughline.domain.fulfillment.RerouteId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a reroute starts with. {@code facilityQueue} is the task queue of the system of the facility that has the work; {@code
 * localQueues}: their steps may be tried inside the workflow's task, as the order's own policy has it. {@code stalledSince} is what a run that
 * goes on where another one ended is told of its stalled steps; null where there are none.
 */
public record RerouteInput(
        RerouteId id,
        String facilityQueue,
        Set<String> localQueues,
        @Nullable Map<String, Instant> stalledSince) {
    public RerouteInput {
        localQueues = Set.copyOf(localQueues);
        stalledSince = stalledSince == null || stalledSince.isEmpty() ? null : Map.copyOf(stalledSince);
    }

    public RerouteInput(RerouteId id, String facilityQueue, Set<String> localQueues) {
        this(id, facilityQueue, localQueues, null);
    }

    /** The input of the next run. */
    RerouteInput stalled(Map<String, Instant> since) {
        return new RerouteInput(id, facilityQueue, localQueues, since);
    }
}
