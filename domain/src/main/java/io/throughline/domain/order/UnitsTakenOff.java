package io.throughline.domain.order;

import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An order that nobody but us keeps, as a channel would tell it once units of it have come back: they are off its lines and deliveries, each amount by its share. */
public final class UnitsTakenOff {
    private UnitsTakenOff() {}

    /**
     * With such refunds among its tenders, as of the latest of {@code changes}. Never before what was told of the order already: by the clock of whoever
     * has handed it over that may be later than by ours.
     */
    public static Order of(Order order, List<LineQuantity> back, Stream<Instant> changes, List<Tender> refunds) {
        Instant told = Stream.concat(Stream.of(order.version()), changes)
                .max(Instant::compareTo)
                .orElseThrow();
        List<OrderLine> lines =
                order.lines().stream().map(line -> less(line, back)).toList();
        return order.withDeliveries(left(order.deliveries(), lines)).afterRefunds(told, lines, refunds);
    }

    /** As a channel tells them, whose deliveries have no more units of a line than the order has. */
    private static List<Delivery> left(List<Delivery> deliveries, List<OrderLine> lines) {
        Map<String, Integer> open = new HashMap<>();
        lines.forEach(line -> open.put(line.id(), line.quantity()));
        List<Delivery> left = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            List<LineQuantity> units = new ArrayList<>();
            for (LineQuantity part : delivery.lines()) {
                int some = Math.min(part.quantity(), open.getOrDefault(part.lineId(), 0));
                if (some > 0) {
                    units.add(new LineQuantity(part.lineId(), part.sku(), some));
                    open.merge(part.lineId(), -some, Integer::sum);
                }
            }
            if (!units.isEmpty()) {
                left.add(new Delivery(delivery.method(), delivery.facility(), delivery.channelWork(), units));
            }
        }
        return left;
    }

    private static OrderLine less(OrderLine line, List<LineQuantity> all) {
        int back = all.stream()
                .filter(units -> units.lineId().equals(line.id()))
                .mapToInt(LineQuantity::quantity)
                .sum();
        int left = Math.max(0, line.quantity() - back);
        return back == 0
                ? line
                : new OrderLine(
                        line.id(),
                        line.sku(),
                        line.title(),
                        left,
                        kept(line.total(), left, line),
                        kept(line.discount(), left, line),
                        line.taxes().stream()
                                .map(tax -> new TaxLine(tax.title(), tax.rate(), kept(tax.amount(), left, line)))
                                .toList(),
                        line.requiresShipping(),
                        line.giftCard());
    }

    private static Money kept(Money whole, int left, OrderLine line) {
        return whole.share(0, left, line.quantity());
    }
}
