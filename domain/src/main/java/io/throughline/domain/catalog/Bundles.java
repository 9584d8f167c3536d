package io.throughline.domain.catalog;

import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/** What each SKU is made of. A bundle has no stock of its own: it reserves and sells its components. */
@FunctionalInterface
public interface Bundles {
    /** The parts of one unit: those of the bundle, or the SKU itself. Never empty. */
    List<Part> partsOf(Sku sku);

    /** Whether it is put together from others, or several units of one, and so has no stock of its own. */
    default boolean isBundle(Sku sku) {
        return !partsOf(sku).getFirst().sku().equals(sku);
    }

    /** The bundles that this SKU is a part of. Unless whoever knows the parts knows these too, there are none. */
    default Set<Sku> bundlesOf(Sku part) {
        return Set.of();
    }

    /** How many units can be put together from what is there of each part. */
    default int unitsFrom(Sku sku, ToIntFunction<Sku> there) {
        return partsOf(sku).stream()
                .mapToInt(part -> there.applyAsInt(part.sku()) / part.units())
                .min()
                .orElse(0);
    }

    /** Nothing is a bundle. */
    static Bundles none() {
        return sku -> List.of(new Part(sku, 1));
    }

    /** So many units of a component go into one unit. */
    record Part(Sku sku, int units) {
        public Part {
            if (units < 1) {
                throw new IllegalArgumentException("a part is at least one unit");
            }
        }
    }
}
