package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an order was routed last, or why it was not, in words for people; bounded, without personal data. {@code considered} are the facilities
 * that were thought of, with their scores or the reason against them. An order that waits is looked at again, and cancelled at last.
 */
public record RoutingDecision(
        String summary, List<String> considered, Optional<Instant> lookAgainAt, Optional<Instant> cancelAt) {
    public RoutingDecision {
        considered = List.copyOf(considered);
    }

    public static RoutingDecision of(RoutingPlan plan) {
        return new RoutingDecision(plan.reason(), plan.considered(), Optional.empty(), Optional.empty());
    }

    /** A person decides. */
    public static RoutingDecision of(Unplaced unplaced) {
        return new RoutingDecision(unplaced.summary(), unplaced.considered(), Optional.empty(), Optional.empty());
    }
}
