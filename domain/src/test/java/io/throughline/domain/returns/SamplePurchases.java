package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was bought with orders that have left. */
public final class SamplePurchases {
    public static final Instant HANDED_OVER_AT = Instant.parse("2026-11-23T12:00:00Z");

    private SamplePurchases() {}

    /** All of the order has left at once. */
    public static Purchase handedOver(Order order) {
        FulfillmentOrder work = work(order, 1, FulfillmentStatus.SHIPPED, everything(order));
        return new PurchaseHistory(List.of(order), List.of(work), Map.of(work.id(), HANDED_OVER_AT)).purchase();
    }

    public static List<LineQuantity> everything(Order order) {
        return order.lines().stream()
                .filter(line -> line.quantity() > 0)
                .map(line -> new LineQuantity(line.id(), line.sku(), line.quantity()))
                .toList();
    }

    public static FulfillmentOrder work(Order order, int ordinal, FulfillmentStatus status, List<LineQuantity> lines) {
        return new FulfillmentOrder(
                new FulfillmentOrderId(order.id() + "-F" + ordinal),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                status,
                lines,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** The same purchase after a return was made and paid. */
    static Purchase after(Purchase before, ReturnRequest request, Refund refund) {
        Map<String, Integer> units = new HashMap<>();
        request.lines().forEach(line -> units.merge(line.lineId(), line.quantity(), Integer::sum));
        Map<String, MoneyBag> given = new HashMap<>();
        refund.tenders().forEach(part -> given.merge(part.payment(), part.amount(), MoneyBag::plus));
        return before.withPending(units, given, before.goodwill());
    }

    /** All that was paid, in both currencies. */
    static MoneyBag captured(Purchase purchase) {
        return purchase.payments().stream()
                .map(Payment::captured)
                .reduce(MoneyBag::plus)
                .orElseThrow();
    }
}
