package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.util.List;
import java.util.Optional;

/**
 * Who shall do what: the decision, not yet the work. {@code reason} explains the choice to a person; {@code considered} are, in a bounded number
 * of lines, the facilities that were thought of, with their scores or the reason against them, when there was a choice.
 */
public record RoutingPlan(List<Assignment> assignments, String reason, List<String> considered) {
    public RoutingPlan {
        assignments = List.copyOf(assignments);
        considered = List.copyOf(considered);
    }

    /** Where there was no choice. */
    public RoutingPlan(List<Assignment> assignments, String reason) {
        this(assignments, reason, List.of());
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
