package io.throughline.activities.order;

import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.Orders;
import io.throughline.domain.payment.PaymentStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Reads an order at its channel and stores it as a new version. */
public final class ChannelReading {
    private final OutsideWorld world;
    private final Orders orders;
    private final Clock clock;

    public ChannelReading(OutsideWorld world, Orders orders, Clock clock) {
        this.world = world;
        this.orders = orders;
        this.clock = clock;
    }

    /** Empty when the channel has no such order. */
    public Optional<Order> refresh(OrderKey key) {
        Instant readAt = clock.instant();
        Optional<OrderSource.ChannelOrder> read = world.source(key.account()).read(key);
        read.ifPresent(found -> {
            orders.accept(found.order(), found.person(), readAt);
            orders.payment(found.order().id(), paymentOf(found.order()));
            if (found.order().cancelledAt().isPresent()) {
                orders.requestCancel(found.order().id(), "channel " + key.account(), "cancelled at the channel");
            }
        });
        return read.map(OrderSource.ChannelOrder::order);
    }

    static PaymentStatus paymentOf(Order order) {
        Money paid = order.paid();
        if (order.refunded().isPositive()) {
            return order.refunded().compareTo(paid) >= 0 ? PaymentStatus.REFUNDED : PaymentStatus.PARTIALLY_REFUNDED;
        }
        if (!order.authorisations().isEmpty()) {
            return paid.isPositive() ? PaymentStatus.PARTIALLY_CAPTURED : PaymentStatus.AUTHORIZED;
        }
        if (!paid.isPositive() && order.voided()) {
            return PaymentStatus.VOIDED;
        }
        if (!paid.isPositive()) {
            return order.total().shop().isPositive() ? PaymentStatus.PENDING : PaymentStatus.CAPTURED;
        }
        return paid.compareTo(order.total().shop()) >= 0 ? PaymentStatus.CAPTURED : PaymentStatus.PARTIALLY_CAPTURED;
    }
}
