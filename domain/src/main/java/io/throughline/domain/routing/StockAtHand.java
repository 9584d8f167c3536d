package io.throughline.domain.routing;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.LineQuantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is still free at each facility while a plan is being made. The components of a bundle are taken from one facility. */
final class StockAtHand {
    private final Bundles bundles;
    private final Map<FacilityId, Map<Sku, Integer>> free = new HashMap<>();

    StockAtHand(Bundles bundles, Map<FacilityId, Map<Sku, Integer>> available) {
        this.bundles = bundles;
        available.forEach((facility, bySku) -> free.put(facility, new HashMap<>(bySku)));
    }

    /** Units that a facility could give, were nothing else wanted and {@code keep} of each part to stay there. */
    int units(FacilityId facility, Sku sku, int keep) {
        return unitsOf(sku, free.getOrDefault(facility, Map.of()), keep);
    }

    private int unitsOf(Sku sku, Map<Sku, Integer> here, int keep) {
        return bundles.unitsFrom(sku, part -> Math.max(0, here.getOrDefault(part, 0) - keep));
    }

    /** As much as a facility can give of the lines, the earlier line first. */
    List<LineQuantity> servable(FacilityId facility, List<LineQuantity> wanted, int keep) {
        Map<Sku, Integer> here = new HashMap<>(free.getOrDefault(facility, Map.of()));
        List<LineQuantity> parts = new ArrayList<>();
        for (LineQuantity line : wanted) {
            int units = Math.min(line.quantity(), unitsOf(line.sku(), here, keep));
            if (units > 0) {
                LineQuantity part = new LineQuantity(line.lineId(), line.sku(), units);
                parts.add(part);
                subtract(part, here);
            }
        }
        return parts;
    }

    void take(FacilityId facility, List<LineQuantity> lines) {
        Map<Sku, Integer> here = free.computeIfAbsent(facility, unknown -> new HashMap<>());
        lines.forEach(line -> subtract(line, here));
    }

    private void subtract(LineQuantity line, Map<Sku, Integer> here) {
        bundles.partsOf(line.sku())
                .forEach(part -> here.merge(part.sku(), -line.quantity() * part.units(), Integer::sum));
    }
}
