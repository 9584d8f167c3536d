package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.util.List;
import java.util.Optional;

/** Who shall do what: the decision, not yet the work. {@code reason} explains the choice to a person. */
public record RoutingPlan(List<Assignment> assignments, String reason) {
    public RoutingPlan {
        assignments = List.copyOf(assignments);
    }

    /** Lines for one facility. {@code channelWork} is the channel's item that had planned them. */
    public record Assignment(
            FacilityId facility, DeliveryMethod method, Optional<String> channelWork, List<LineQuantity> lines) {
        public Assignment {
            lines = List.copyOf(lines);
        }

        public int units() {
            return lines.stream().mapToInt(LineQuantity::quantity).sum();
        }
    }
}
