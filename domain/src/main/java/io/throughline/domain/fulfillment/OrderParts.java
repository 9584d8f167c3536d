package io.throughline.domain.fulfillment;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of an order can be given out now: of each delivery the units that are reserved and were given to nobody yet. What a customer picks up
 * lies ready at once or not at all, for he comes once; what is shipped may come in parts.
 */
public final class OrderParts {
    private final OrderStock stock;
    private final Bundles bundles;
    private final List<Open> open = new ArrayList<>();

    private OrderParts(Order order, List<FulfillmentOrder> work, OrderStock stock, Bundles bundles) {
        this.stock = stock;
        this.bundles = bundles;
        order.deliveries().stream()
                .filter(delivery -> delivery.method() != DeliveryMethod.NONE)
                .map(Open::new)
                .forEach(open::add);
        Map<String, Integer> elsewhere = new HashMap<>();
        for (FulfillmentOrder one : work) {
            if (one.status().givenOut()) {
                one.lines().forEach(part -> elsewhere.merge(part.lineId(), takeFromOwn(one, part), Integer::sum));
            }
        }
        elsewhere.forEach(this::takeFromAny);
    }

    /** The deliveries with what can be given out now; none without anything. */
    public static List<Delivery> ready(Order order, List<FulfillmentOrder> work, OrderStock stock, Bundles bundles) {
        return new OrderParts(order, work, stock, bundles).ready();
    }

    /** Whether any units of a line are wanted that nobody was given. */
    public static boolean isOpen(
            Order order, List<FulfillmentOrder> work, String lineId, OrderStock stock, Bundles bundles) {
        List<Open> open = new OrderParts(order, work, stock, bundles).open;
        return open.stream()
                .flatMap(delivery -> delivery.units.entrySet().stream())
                .anyMatch(line -> line.getKey().id().equals(lineId) && line.getValue() > 0);
    }

    /** Gives the units that the delivery of the same channel's item does not have. */
    private int takeFromOwn(FulfillmentOrder work, LineQuantity part) {
        int rest = part.quantity();
        for (Open delivery : open) {
            if (delivery.isOf(work)) {
                rest -= delivery.take(part.lineId(), rest);
            }
        }
        return rest;
    }

    /** A channel splits and renames its items as it likes: what matters in the end is how many units of the line are given out. */
    private void takeFromAny(String lineId, int units) {
        int rest = units;
        for (Open delivery : open) {
            rest -= delivery.take(lineId, rest);
        }
    }

    private List<Delivery> ready() {
        Map<String, Integer> left = new HashMap<>();
        List<Delivery> ready = new ArrayList<>();
        for (Open delivery : open) {
            List<LineQuantity> lines = new ArrayList<>();
            delivery.units.forEach((line, wanted) -> {
                int there = left.computeIfAbsent(line.id(), id -> stock.ready(id, line.sku(), bundles));
                if (Math.min(there, wanted) > 0) {
                    lines.add(new LineQuantity(line.id(), line.sku(), Math.min(there, wanted)));
                }
            });
            boolean comesLater = delivery.of.method() != DeliveryMethod.CARRIED_OUT;
            boolean whole = lines.stream().mapToInt(LineQuantity::quantity).sum() == delivery.wanted();
            if (comesLater && !lines.isEmpty() && (whole || delivery.of.method() == DeliveryMethod.SHIPPING)) {
                lines.forEach(line -> left.merge(line.lineId(), -line.quantity(), Integer::sum));
                ready.add(new Delivery(delivery.of.method(), delivery.of.facility(), delivery.of.channelWork(), lines));
            }
        }
        return ready;
    }

    private record Line(String id, Sku sku) {}

    /** What nobody was given of a delivery. */
    private static final class Open {
        private final Delivery of;
        private final Map<Line, Integer> units = new LinkedHashMap<>();

        Open(Delivery of) {
            this.of = of;
            of.lines().forEach(part -> units.merge(new Line(part.lineId(), part.sku()), part.quantity(), Integer::sum));
        }

        /** Its channel's own item, or what its customer has taken along. */
        boolean isOf(FulfillmentOrder work) {
            boolean sameItem = of.channelWork().isPresent() && of.channelWork().equals(work.channelWork());
            return sameItem
                    || (of.method() == DeliveryMethod.CARRIED_OUT && work.method() == DeliveryMethod.CARRIED_OUT);
        }

        int wanted() {
            return units.values().stream().mapToInt(Integer::intValue).sum();
        }

        int take(String lineId, int most) {
            int taken = 0;
            for (Map.Entry<Line, Integer> line : units.entrySet()) {
                if (line.getKey().id().equals(lineId)) {
                    int some = Math.min(line.getValue(), most - taken);
                    line.setValue(line.getValue() - some);
                    taken += some;
                }
            }
            return taken;
        }
    }
}
