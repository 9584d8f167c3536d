package io.throughline.api.order;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.marketplace.MarketplaceOrder;
import java.time.Instant;
import java.util.Optional;

/** By when an order's marketplace wants to hear of it, and what it was told so far. */
@Schema(name = "OrderMarketplace")
public record MarketplaceView(
        String account,

        @Schema(description = "Until then it wants to hear whether the order is taken on")
        Instant acknowledgeBy,

        Optional<Instant> acknowledgedAt,

        @Schema(description = "Until then it wants to hear that all of it has left")
        Instant shipBy,

        Optional<Instant> shippedAt,

        @Schema(description = "When it asked for the cancellation")
        Optional<Instant> cancellationAskedAt,

        Optional<Instant> calledOffAt,

        @Schema(description = "The reason that it was told", example = "BUYER_REQUEST")
        Optional<String> calledOffReason) {
    static MarketplaceView of(MarketplaceOrder order) {
        return new MarketplaceView(
                order.key().account().value(),
                order.deadlines().acknowledgeBy(),
                order.acknowledgedAt(),
                order.deadlines().shipBy(),
                order.shippedAt(),
                order.cancellationAskedAt(),
                order.calledOff().map(MarketplaceOrder.CalledOff::at),
                order.calledOff().map(calledOff -> calledOff.reason().name()));
    }
}
