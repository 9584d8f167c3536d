package io.throughline.domain.marketplace;

import io.throughline.domain.order.OrderKey;
import java.time.Instant;
import java.util.Optional;

/** What an order's marketplace wants of it, and what it was told so far. */
public record MarketplaceOrder(
        OrderKey key,
        MarketplaceDeadlines deadlines,
        Optional<Instant> acknowledgedAt,
        Optional<Instant> shippedAt,
        Optional<Instant> cancellationAskedAt,
        Optional<CalledOff> calledOff) {

    /** {@code reference} is the marketplace's own of what it gives back. */
    public record CalledOff(Instant at, CancellationReason reason, String reference) {}

    /** Whether a deadline has nothing to be kept any more. */
    public boolean isSettled(MarketplaceDeadlines.Kind kind) {
        return calledOff.isPresent()
                || switch (kind) {
                    case ACKNOWLEDGE -> acknowledgedAt.isPresent();
                    case SHIP -> shippedAt.isPresent();
                };
    }
}
