package io.throughline.activities.finance;

import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.Policies;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Under which day an order's documents are booked. Read once for all the documents of a step. */
final class PostingRules {
    private final FulfillmentOrders work;
    private final Facilities facilities;
    private final Orders orders;
    private final Policies policies;

    PostingRules(FulfillmentOrders work, Facilities facilities, Orders orders, Policies policies) {
        this.work = work;
        this.facilities = facilities;
        this.orders = orders;
        this.policies = policies;
    }

    /** A business date is the day where the goods are; what becomes of it in a closed period, the order's own policy says. */
    record ForOrder(ZoneId zone, ClosedPeriods closedPeriods) {
        LocalDate dayOf(Instant at) {
            return LocalDate.ofInstant(at, zone);
        }
    }

    /** For what is not booked yet, and so can be in no closed period. */
    LocalDate dayOf(Instant at, Order order) {
        return LocalDate.ofInstant(at, zoneOf(order));
    }

    ForOrder of(Order order) {
        return new ForOrder(zoneOf(order), closedPeriodsOf(order.id()));
    }

    private ZoneId zoneOf(Order order) {
        return work.ofOrder(order.id()).stream()
                .findFirst()
                .map(one -> facilities.get(one.facility()).zone())
                .orElse(ZoneOffset.UTC);
    }

    private ClosedPeriods closedPeriodsOf(OrderId id) {
        return policies.of(orders.view(id).flatMap(OrderView::rules)).closedPeriods();
    }
}
