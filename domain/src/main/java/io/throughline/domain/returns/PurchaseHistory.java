package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds what was bought in what a channel has told since. A channel takes units that came back off its order as it does those that were never
 * sent. So a line was sold as the newest version tells it that still has every unit which left or is to leave; what the version of
 * now lacks of these has come back.
 */
public final class PurchaseHistory {
    private final List<Order> versions;
    private final List<FulfillmentOrder> work;
    private final Map<FulfillmentOrderId, Instant> handedOverAt;

    /** {@code versions}, the newest first, are at least one; {@code handedOverAt} tells when work was handed over that was. */
    public PurchaseHistory(
            List<Order> versions, List<FulfillmentOrder> work, Map<FulfillmentOrderId, Instant> handedOverAt) {
        this.versions = List.copyOf(versions);
        this.work = List.copyOf(work);
        this.handedOverAt = Map.copyOf(handedOverAt);
    }

    public Purchase purchase() {
        Order now = versions.getFirst();
        List<Purchase.Line> lines = lineIds().stream()
                .map(this::line)
                .filter(line -> line.sold().quantity() > 0)
                .toList();
        Order sale = sale().orElseGet(versions::getLast);
        return new Purchase(
                now.id(),
                now.channel(),
                now.placedAt(),
                now.currency(),
                now.presentmentCurrency(),
                now.taxesIncluded(),
                lines,
                sale.shipping(),
                sale.tip(),
                sale.duties(),
                sale.rounding(),
                Payments.of(now));
    }

    /** The order as it was sold: the newest version that has every unit which left or is to leave. */
    public Optional<Order> sale() {
        return versions.stream().filter(this::isWhole).findFirst();
    }

    /**
     * The order of now with each line as it was sold: what to go by where more of one line and less of another was wanted at once and too much of
     * the latter had left, so that no version has it all.
     */
    public Order saleByLines() {
        Order now = versions.getFirst();
        return now.withLines(lineIds().stream()
                .filter(id -> needed(id) > 0
                        || now.lines().stream().anyMatch(line -> line.id().equals(id)))
                .map(id -> line(id).sold())
                .toList());
    }

    private Set<String> lineIds() {
        Set<String> ids = new LinkedHashSet<>();
        versions.forEach(version -> version.lines().forEach(line -> ids.add(line.id())));
        return ids;
    }

    private Purchase.Line line(String id) {
        int needed = needed(id);
        List<OrderLine> told = versions.stream()
                .flatMap(version -> version.lines().stream())
                .filter(line -> line.id().equals(id))
                .toList();
        OrderLine sold = told.stream()
                .filter(line -> line.quantity() >= needed)
                .findFirst()
                .orElseGet(() -> told.stream()
                        .max(Comparator.comparingInt(OrderLine::quantity))
                        .orElseThrow());
        int left = Math.min(sold.quantity(), withoutGoods(id) ? sold.quantity() : unitsLeft(id));
        return new Purchase.Line(
                sold, left, Math.min(left, sold.quantity() - versions.getFirst().quantity(id)), leftAt(id));
    }

    private boolean isWhole(Order version) {
        return work.stream()
                .flatMap(part -> part.lines().stream())
                .map(LineQuantity::lineId)
                .allMatch(id -> version.quantity(id) >= needed(id));
    }

    /** What has left or is to leave. */
    private int needed(String lineId) {
        return units(
                lineId, part -> part.status().handedOver() || !part.status().terminal());
    }

    private int unitsLeft(String lineId) {
        return units(lineId, part -> part.status().handedOver());
    }

    private int units(String lineId, Predicate<FulfillmentOrder> which) {
        return work.stream()
                .filter(which)
                .flatMap(part -> part.lines().stream())
                .filter(part -> part.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    /** What nobody hands over was given when the first goods were, with whose invoice it was billed. */
    private boolean withoutGoods(String lineId) {
        return work.stream().anyMatch(part -> part.status().handedOver())
                && versions.getFirst().deliveries().stream()
                        .filter(delivery -> delivery.method() == DeliveryMethod.NONE)
                        .flatMap(delivery -> delivery.lines().stream())
                        .anyMatch(part -> part.lineId().equals(lineId));
    }

    private Optional<Instant> leftAt(String lineId) {
        return work.stream()
                .filter(part -> part.status().handedOver())
                .filter(part -> withoutGoods(lineId)
                        || part.lines().stream().anyMatch(line -> line.lineId().equals(lineId)))
                .flatMap(part -> Optional.ofNullable(handedOverAt.get(part.id())).stream())
                .max(Comparator.naturalOrder());
    }
}
