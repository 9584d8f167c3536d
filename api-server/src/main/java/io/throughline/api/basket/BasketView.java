package io.throughline.api.basket;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is kept for a basket, and what it waits for; of a bundle, its parts. */
@Schema(name = "Basket")
public record BasketView(
        String basketId,
        String state,
        Instant expiresAt,

        @Schema(description = "The order that was handed over for it")
        Optional<String> order,

        @Schema(description = "When all of it can be had; absent: now, or nobody knows")
        Optional<Instant> promisedAt,

        List<Reserved> reserved,
        List<Waiting> waiting,

        @Schema(
                description =
                        "What could not be had when the basket was handed over, and does not wait; told in that answer"
                                + " alone")
        List<Missing> missing) {

    @Schema(name = "BasketReserved")
    public record Reserved(String lineId, String sku, int quantity) {
        static Reserved of(LineQuantity line) {
            return new Reserved(line.lineId(), line.sku().value(), line.quantity());
        }
    }

    @Schema(name = "BasketWaiting")
    public record Waiting(String lineId, String sku, int quantity, Optional<Instant> promisedAt) {
        static Waiting of(Commitment.Waiting line) {
            return new Waiting(line.lineId(), line.sku().value(), line.units(), line.expected());
        }
    }

    @Schema(name = "BasketMissing")
    public record Missing(String sku, int wanted, int available) {
        static Missing of(Shortage shortage) {
            return new Missing(shortage.sku().value(), shortage.wanted(), shortage.available());
        }
    }

    static BasketView of(Basket basket) {
        return new BasketView(
                basket.id().externalId(),
                basket.state().name(),
                basket.expiresAt(),
                basket.order().map(OrderId::value),
                Commitment.Waiting.allExpected(basket.waiting()),
                basket.reserved().stream().map(Reserved::of).toList(),
                basket.waiting().stream().map(Waiting::of).toList(),
                List.of());
    }

    BasketView without(List<Shortage> shortages) {
        return new BasketView(
                basketId,
                state,
                expiresAt,
                order,
                promisedAt,
                reserved,
                waiting,
                shortages.stream().map(Missing::of).toList());
    }
}
