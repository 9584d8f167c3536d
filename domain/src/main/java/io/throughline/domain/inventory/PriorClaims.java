package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Promises.Demand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of one SKU is sold or promised and is not there. Supply covers that before whoever waits: at its place, or, where it was promised
 * without a place, anywhere.
 */
public final class PriorClaims {
    /** Smaller than the id of any reservation. */
    private static final long BEFORE_ALL = 0;

    private PriorClaims() {}

    /**
     * The claims on the supplies, by the balances of all places, the virtual one included. {@code keptBack}: what lies there is among the
     * supplies, and so serves no claim by itself.
     */
    public static List<Demand> of(Collection<Balance> balances, Collection<Expected> supplies, boolean keptBack) {
        List<Demand> claims = new ArrayList<>();
        long unplaced = 0;
        for (Balance balance : balances) {
            if (balance.facility().equals(FacilityId.UNROUTED)) {
                unplaced += balance.reserved();
            } else {
                unplaced -= keptBack ? 0 : Math.max(0, balance.sellable() - balance.reserved());
                if (balance.lacking() > 0) {
                    claims.add(new Demand(BEFORE_ALL, balance.lacking(), Set.of(balance.facility())));
                }
            }
        }
        Set<FacilityId> anywhere = supplies.stream().map(Expected::facility).collect(Collectors.toSet());
        if (unplaced > 0 && !anywhere.isEmpty()) {
            claims.add(new Demand(BEFORE_ALL, Math.toIntExact(unplaced), anywhere));
        }
        return claims;
    }
}
