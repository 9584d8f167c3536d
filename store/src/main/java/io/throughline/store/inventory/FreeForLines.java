package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How many units of a SKU the lines of one demand can still have, the earlier line first. Where all of them may be served from the same places, as
 * nearly always, one number tells.
 */
final class FreeForLines {
    private final @Nullable Unpromised unpromised;
    private int left;

    private FreeForLines(@Nullable Unpromised unpromised, int left) {
        this.unpromised = unpromised;
        this.left = left;
    }

    static FreeForLines none() {
        return new FreeForLines(null, 0);
    }

    /** {@code lines} are what is wanted of the SKU. */
    static FreeForLines of(
            Handle handle, Sku sku, Collection<Balance> balances, Collection<LineQuantity> lines, Terms terms) {
        Set<Set<FacilityId>> places = terms.isUniform()
                ? Set.of(terms.among())
                : lines.stream().map(line -> terms.among(line.lineId())).collect(Collectors.toSet());
        if (places.size() == 1) {
            int wanted = lines.stream().mapToInt(LineQuantity::quantity).sum();
            return new FreeForLines(
                    null, Balances.free(handle, sku, balances, places.iterator().next(), wanted));
        }
        List<Balance> ofSku =
                balances.stream().filter(balance -> balance.sku().equals(sku)).toList();
        return new FreeForLines(Unpromised.of(handle, sku, ofSku), 0);
    }

    int from(Set<FacilityId> among) {
        return unpromised == null ? left : unpromised.free(among);
    }

    void take(Set<FacilityId> among, int units) {
        if (unpromised == null) {
            left -= units;
        } else {
            unpromised.take(among, units);
        }
    }
}
