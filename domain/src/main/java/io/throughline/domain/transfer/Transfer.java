package io.throughline.domain.transfer;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Goods that go from one facility to another. A request keeps nothing back; what was sent is on its way to the receiver and nowhere else,
 * until it is received. What arrives less or more than was sent is on its way, too, until it is accounted for: {@code settled} by the rule
 * of the policy or by somebody's decision. What goes to where the customer of an order collects it names that work; it is reserved all the
 * way.
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
        Instant changedAt,
        Optional<FulfillmentOrderId> forWork) {
    public static final int MOST_LINES = 500;

    public Transfer {
        lines = List.copyOf(lines);
    }

    /** One that is for no order. */
    public Transfer(
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
        this(
                id,
                from,
                to,
                status,
                lines,
                terms,
                expectedAt,
                receipts,
                settled,
                requestedBy,
                requestedAt,
                changedAt,
                Optional.empty());
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

    public Set<Sku> skus() {
        return lines.stream().map(Line::sku).collect(Collectors.toSet());
    }

    /** Units that are not named have stayed. */
    public Transfer sent(Map<Sku, Integer> units, Instant expected, Instant now) {
        return with(
                TransferStatus.SENT,
                line -> new Line(line.sku(), line.requested(), units.getOrDefault(line.sku(), 0), 0),
                expected,
                0,
                false,
                now);
    }

    /** {@code units} of every SKU, by one more receipt; settled at once when they differ by no more than is taken without asking. */
    public Transfer received(Map<Sku, Integer> units, Instant now) {
        Transfer received = with(
                TransferStatus.RECEIVED,
                line -> new Line(
                        line.sku(), line.requested(), line.sent(), Objects.requireNonNull(units.get(line.sku()))),
                expectedAt,
                receipts + 1,
                false,
                now);
        return received.withinTolerance() ? received.asSettled(now) : received;
    }

    public Transfer cancelled(Instant now) {
        return with(TransferStatus.CANCELLED, UnaryOperator.identity(), expectedAt, 0, true, now);
    }

    /** What arrived less or more is accounted for. */
    public Transfer asSettled(Instant now) {
        return with(status, UnaryOperator.identity(), expectedAt, receipts, true, now);
    }

    private Transfer with(
            TransferStatus newStatus,
            UnaryOperator<Line> change,
            Instant newExpectedAt,
            int newReceipts,
            boolean nowSettled,
            Instant now) {
        return new Transfer(
                id,
                from,
                to,
                newStatus,
                lines.stream().map(change).toList(),
                terms,
                newExpectedAt,
                newReceipts,
                nowSettled,
                requestedBy,
                requestedAt,
                now,
                forWork);
    }
}
