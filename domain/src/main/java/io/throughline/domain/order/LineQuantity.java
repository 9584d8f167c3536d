package io.throughline.domain.order;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import java.util.List;

/** So many units of one order line. */
public record LineQuantity(String lineId, Sku sku, int quantity) {
    public LineQuantity {
        if (quantity < 1) {
            throw new IllegalArgumentException("line " + lineId + ": quantity must be at least 1");
        }
    }

    /** What is taken from the shelf for all of them. */
    public static List<LineQuantity> goods(List<LineQuantity> lines, Bundles bundles) {
        return lines.stream().flatMap(line -> line.goods(bundles).stream()).toList();
    }

    /** What is taken from the shelf for it: the components of a bundle, or these very units. */
    public List<LineQuantity> goods(Bundles bundles) {
        return bundles.partsOf(sku).stream()
                .map(part -> new LineQuantity(lineId, part.sku(), Math.multiplyExact(quantity, part.units())))
                .toList();
    }
}
