package io.throughline.domain.routing;

import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts what was shared out for several deliveries together back into theirs, so that each piece of work is of one item of the channel. Where a line is
 * in several of them, one that wants just so many units comes first.
 */
final class DeliveryCut {
    private final Map<Delivery, Map<String, Integer>> open = new LinkedHashMap<>();

    DeliveryCut(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            Map<String, Integer> units = open.computeIfAbsent(delivery, unknown -> new LinkedHashMap<>());
            delivery.lines().forEach(line -> units.merge(line.lineId(), line.quantity(), Integer::sum));
        }
    }

    /** All lines, each once. */
    static List<LineQuantity> together(List<Delivery> deliveries) {
        Map<String, LineQuantity> lines = new LinkedHashMap<>();
        deliveries.stream()
                .flatMap(delivery -> delivery.lines().stream())
                .forEach(line -> lines.merge(
                        line.lineId(),
                        line,
                        (one, other) -> new LineQuantity(one.lineId(), one.sku(), one.quantity() + other.quantity())));
        return List.copyOf(lines.values());
    }

    /** Takes these units off the deliveries; gives what each has of them. */
    Map<Delivery, List<LineQuantity>> take(List<LineQuantity> share) {
        Map<Delivery, List<LineQuantity>> parts = new LinkedHashMap<>();
        for (LineQuantity line : share) {
            int left = line.quantity();
            for (Delivery delivery : preferred(line)) {
                int units = Math.min(left, open(delivery, line));
                if (units > 0) {
                    left -= units;
                    open.getOrDefault(delivery, Map.of()).merge(line.lineId(), -units, Integer::sum);
                    parts.computeIfAbsent(delivery, unknown -> new ArrayList<>())
                            .add(new LineQuantity(line.lineId(), line.sku(), units));
                }
            }
        }
        return parts;
    }

    private List<Delivery> preferred(LineQuantity line) {
        return open.keySet().stream()
                .sorted(Comparator.comparing(delivery -> open(delivery, line) != line.quantity()))
                .toList();
    }

    private int open(Delivery delivery, LineQuantity line) {
        return open.getOrDefault(delivery, Map.of()).getOrDefault(line.lineId(), 0);
    }
}
