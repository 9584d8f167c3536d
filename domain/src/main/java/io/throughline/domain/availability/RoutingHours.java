package io.throughline.domain.availability;

import io.throughline.domain.availability.Availabilities.HoursNow;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.routing.RoutingPolicy;
import java.time.Duration;
import java.time.Instant;

/** When facilities work, by the routing policy that holds when it is asked. */
public record RoutingHours(RoutingPolicy policy, Instant asked) implements HoursNow {
    @Override
    public Instant readyAt(Facility store, Duration takes) {
        return policy.weekOf(store).readyAt(asked, takes);
    }

    @Override
    public Duration openSince(Facility facility, Instant since) {
        return policy.weekOf(facility).openBetween(since, asked);
    }
}
