package io.throughline.api.order;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.payment.PaymentStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an order stands, one status per axis. */
public record OrderSummary(
        String orderId,
        String account,
        String externalId,
        String name,
        Channel channel,
        Axes status,

        @Schema(description = "It is asked for and not declined; what is still open is stopped and undone")
        boolean cancellationRequested,

        @Schema(
                description = "When a cancellation was declined last: nobody gives the goods back, the order goes on;"
                        + " subscribers were told cancellation.declined.v1. It may be asked for again")
        Optional<Instant> cancellationDeclinedAt,

        Instant receivedAt,
        Instant changedAt,
        Map<String, URI> links) {

    /** {@code fulfillment} has the statuses that occur among the order's fulfillment orders. */
    @Schema(name = "OrderStatus")
    public record Axes(OrderStatus lifecycle, PaymentStatus payment, List<String> fulfillment, PostingStatus posting) {
        static Axes of(OrderView view) {
            return new Axes(
                    view.status(),
                    view.payment(),
                    view.fulfillmentOrders().stream()
                            .map(work -> work.status().name())
                            .distinct()
                            .toList(),
                    view.posting());
        }
    }

    static OrderSummary of(OrderView view, Map<String, URI> links) {
        return new OrderSummary(
                view.id().value(),
                view.key().account().value(),
                view.key().externalId(),
                view.name(),
                view.channel(),
                Axes.of(view),
                view.cancelRequestedAt().isPresent(),
                view.cancelDeclinedAt(),
                view.receivedAt(),
                view.changedAt(),
                links);
    }

    /** The newest orders. */
    public record OrderList(List<OrderSummary> orders) {}
}
