package io.throughline.domain.routing.trial;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of an order by one policy. */
sealed interface TrialOutcome {
    /** Who does it, for people. */
    String words();

    String reason();

    /** What was thought of the facilities. */
    List<String> considered();

    record Placed(RoutingPlan plan, Instant at) implements TrialOutcome {
        @Override
        public String words() {
            return plan.assignments().stream()
                    .map(part -> part.facility() + " (" + part.units() + ")")
                    .sorted()
                    .collect(Collectors.joining(", "));
        }

        @Override
        public String reason() {
            return plan.reason();
        }

        @Override
        public List<String> considered() {
            return plan.considered();
        }

        List<FacilityId> facilities() {
            return plan.assignments().stream()
                    .map(RoutingPlan.Assignment::facility)
                    .toList();
        }
    }

    record Left(AfterAction.Kind kind, Unplaced unplaced) implements TrialOutcome {
        @Override
        public String words() {
            return kind.name();
        }

        @Override
        public String reason() {
            return unplaced.summary();
        }

        @Override
        public List<String> considered() {
            return unplaced.considered();
        }
    }
}
