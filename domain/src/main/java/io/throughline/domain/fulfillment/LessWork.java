package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From whom work is asked back of which less is wanted, whoever is least far with it first; {@code stays} are the units, by line, that can't be had
 * back: they are packed, have left, are kept, or are on their way to a store.
 */
public record LessWork(List<FulfillmentOrder> askedBack, Map<String, Integer> stays) {
    public LessWork {
        askedBack = List.copyOf(askedBack);
        stays = Map.copyOf(stays);
    }

    /** {@code beyond}: the units, by line, that are given out beyond what is wanted. A facility has a piece of work whole, and gives it back whole. */
    public static LessWork of(List<FulfillmentOrder> work, Map<String, Integer> beyond) {
        Map<String, Integer> open = new HashMap<>(beyond);
        List<FulfillmentOrder> askedBack = new ArrayList<>();
        work.stream().filter(LessWork::mayComeBack).sorted(leastFarFirst()).forEach(one -> {
            List<LineQuantity> affected = one.lines().stream()
                    .filter(line -> open.getOrDefault(line.lineId(), 0) > 0)
                    .toList();
            if (!affected.isEmpty()) {
                askedBack.add(one);
                affected.forEach(line -> open.merge(line.lineId(), -line.quantity(), Integer::sum));
            }
        });
        open.values().removeIf(units -> units <= 0);
        return new LessWork(askedBack, open);
    }

    /** Units of a line that somebody is to hand over, or has. */
    public static int givenOut(String lineId, List<FulfillmentOrder> work) {
        return work.stream()
                .filter(one -> one.status().givenOut())
                .flatMap(one -> one.lines().stream())
                .filter(part -> part.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    private static Comparator<FulfillmentOrder> leastFarFirst() {
        return Comparator.comparing((FulfillmentOrder one) -> one.status())
                .thenComparing(Comparator.comparingInt(
                                (FulfillmentOrder one) -> one.id().ordinal())
                        .reversed());
    }

    private static boolean mayComeBack(FulfillmentOrder one) {
        return !one.status().terminal()
                && !one.status().reached(FulfillmentStatus.PACKED)
                && !one.kept()
                && one.inbound().isEmpty();
    }
}
