package io.throughline.domain.transfer;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.List;

/**
 * Goods that go from one facility to another. A request keeps nothing back; what was sent is on its way to the receiver and nowhere else,
 * until it is received. What arrives less or more than was sent is on its way, too, until it is accounted for: {@code settled} by the rule
 * of the policy or by somebody's decision.
 */
public record Transfer(
        TransferId id,
        FacilityId from,
        FacilityId to,
        TransferStatus status,
        List<Line> lines,
        TransferTerms terms,
        Instant expectedAt,
        int receipts,
        boolean settled,
        String requestedBy,
        Instant requestedAt,
        Instant changedAt) {
    public static final int MOST_LINES = 500;

    public Transfer {
        lines = List.copyOf(lines);
    }

    /** Units of one SKU. Nothing is sent or received before the status says so. */
    public record Line(Sku sku, int requested, int sent, int received) {
        /** Positive: so many are missing; negative: so many came too much. */
        public int difference() {
            return sent - received;
        }
    }

    /** The lines of which less or more has arrived than was sent. */
    public List<Line> differing() {
        return lines.stream().filter(line -> line.difference() != 0).toList();
    }

    /** Whether the differences are within what the policy takes without asking. */
    public boolean withinTolerance() {
        return lines.stream().allMatch(line -> Math.abs((long) line.difference()) <= terms.tolerance());
    }
}
