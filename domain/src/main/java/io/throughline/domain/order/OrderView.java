package io.throughline.domain.order;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.routing.RoutingDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where an order stands on each axis, by which rules it is handled, and how it was routed last: what its process and its readers decide by.
 * {@code cancelDeclinedAt} is when a cancellation was declined last.
 */
public record OrderView(
        OrderId id,
        OrderKey key,
        String name,
        Channel channel,
        OrderStatus status,
        PaymentStatus payment,
        PostingStatus posting,
        boolean channelChanged,
        Optional<Instant> cancelRequestedAt,
        Optional<Instant> cancelDeclinedAt,
        Optional<OrderRules> rules,
        Optional<RoutingDecision> routing,
        Instant receivedAt,
        Instant changedAt,
        List<FulfillmentOrder> fulfillmentOrders) {
    public OrderView {
        fulfillmentOrders = List.copyOf(fulfillmentOrders);
    }

    /** The work that has not come to its end. */
    public List<FulfillmentOrder> openWork() {
        return fulfillmentOrders.stream()
                .filter(work -> !work.status().terminal())
                .toList();
    }

    /** Whether that work is for exactly what is to leave of the order. */
    public boolean isWhollyOpen(Order order) {
        return order.lines().stream()
                .filter(OrderLine::requiresShipping)
                .allMatch(line -> openUnits(line.id()) == line.quantity());
    }

    private int openUnits(String lineId) {
        return openWork().stream()
                .flatMap(work -> work.lines().stream())
                .filter(part -> part.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    /** It is to be cancelled, and nothing has left: once goods have left, what else was ordered goes on too. */
    public boolean toBeUndone() {
        return cancelRequestedAt.isPresent()
                && fulfillmentOrders.stream().noneMatch(work -> work.status().handedOver());
    }
}
