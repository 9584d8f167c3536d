package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import java.util.List;
import java.util.Set;

/** What came of the rules. */
public sealed interface RoutingOutcome {
    record Planned(RoutingPlan plan) implements RoutingOutcome {}

    /**
     * No plan serves the whole order: what the rule that was tried last wants then. {@code among} are the facilities that might yet serve it
     * by that rule, had they stock, time and room.
     */
    record Unplaced(String summary, List<String> considered, AfterAction otherwise, Set<FacilityId> among)
            implements RoutingOutcome {
        public Unplaced {
            considered = List.copyOf(considered);
            among = Set.copyOf(among);
        }
    }
}
