package io.throughline.activities.finance;

import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.order.Order;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The day on which something happened where the goods are. */
final class BusinessDays {
    private final FulfillmentOrders work;
    private final Facilities facilities;

    BusinessDays(FulfillmentOrders work, Facilities facilities) {
        this.work = work;
        this.facilities = facilities;
    }

    LocalDate of(Instant at, Order order) {
        return work.ofOrder(order.id()).stream()
                .findFirst()
                .map(one ->
                        LocalDate.ofInstant(at, facilities.get(one.facility()).zone()))
                .orElseGet(() -> LocalDate.ofInstant(at, ZoneOffset.UTC));
    }
}
