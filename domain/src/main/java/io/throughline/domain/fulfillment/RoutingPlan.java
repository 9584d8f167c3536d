package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.transfer.OrderTransferTerms;
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

    /**
     * Lines for one facility. {@code channelWork} is the channel's item that had planned them; {@code sent} is what of the lines another
     * facility sends there first.
     */
    public record Assignment(
            FacilityId facility,
            DeliveryMethod method,
            Optional<String> channelWork,
            List<LineQuantity> lines,
            Optional<Sending> sent) {
        public Assignment {
            lines = List.copyOf(lines);
        }

        /** Of what lies there. */
        public Assignment(
                FacilityId facility, DeliveryMethod method, Optional<String> channelWork, List<LineQuantity> lines) {
            this(facility, method, channelWork, lines, Optional.empty());
        }

        /** The lines that are taken from the facility itself. */
        public List<LineQuantity> own() {
            return sent.map(sending -> lines.stream()
                            .filter(line -> !sending.lines().contains(line))
                            .toList())
                    .orElse(lines);
        }

        public int units() {
            return lines.stream().mapToInt(LineQuantity::quantity).sum();
        }
    }

    /** Whole lines that a facility sends to the one that hands them over, by these terms. */
    public record Sending(FacilityId from, List<LineQuantity> lines, OrderTransferTerms terms) {
        public Sending {
            lines = List.copyOf(lines);
        }
    }
}
