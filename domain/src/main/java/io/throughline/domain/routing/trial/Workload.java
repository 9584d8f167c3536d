package io.throughline.domain.routing.trial;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.FacilityWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The work that facilities have in one policy's world: each piece stays as long as the facility's pieces of that time did on average. */
final class Workload {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration USUALLY = Duration.ofDays(1);

    private final Map<FacilityId, Duration> handling;
    private final Map<FacilityId, Deque<Instant>> withinHour = new HashMap<>();
    private final Map<FacilityId, Deque<Instant>> open = new HashMap<>();

    Workload(Map<FacilityId, Duration> handling) {
        this.handling = Map.copyOf(handling);
    }

    void give(FacilityId facility, Instant now) {
        withinHour.computeIfAbsent(facility, unknown -> new ArrayDeque<>()).add(now.plus(HOUR));
        open.computeIfAbsent(facility, unknown -> new ArrayDeque<>())
                .add(now.plus(handling.getOrDefault(facility, USUALLY)));
    }

    Map<FacilityId, FacilityWork> at(Instant now) {
        Map<FacilityId, FacilityWork> work = new HashMap<>();
        open.forEach((facility, pieces) -> work.put(
                facility,
                new FacilityWork(left(pieces, now), left(withinHour.getOrDefault(facility, new ArrayDeque<>()), now))));
        return work;
    }

    /** Each facility's pieces end in the order in which they were given. */
    private static int left(Deque<Instant> ends, Instant now) {
        while (!ends.isEmpty() && !ends.getFirst().isAfter(now)) {
            ends.removeFirst();
        }
        return ends.size();
    }
}
