package io.throughline.domain.availability;

import io.throughline.domain.availability.Availability.Later;
import io.throughline.domain.availability.StockReading.Incoming;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Preorders.Preorder;
import io.throughline.domain.inventory.PriorClaims;
import io.throughline.domain.inventory.Promises;
import io.throughline.domain.inventory.Promises.Demand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What of a product's supply nobody has a claim to yet, reckoned as the ledger promises it: first comes what is sold or promised and is not
 * there, then whoever waits already, wherever they may be served from.
 */
final class LaterSupply {
    private LaterSupply() {}

    /** {@code balances} are those of the product at all places, the virtual one included. */
    static Optional<Later> ofBackorder(Collection<Balance> balances, Incoming incoming, Collection<FacilityId> among) {
        List<Expected> left = unclaimed(balances, incoming.supplies(), incoming, false);
        return later(Later.Kind.BACKORDER, left, among, Integer.MAX_VALUE);
    }

    /** What has come before the release is supply of that day. */
    static Optional<Later> ofPreorder(
            Preorder preorder, Collection<Balance> balances, Incoming incoming, Collection<FacilityId> among) {
        List<Expected> left = unclaimed(balances, preorder.supplies(balances, incoming.supplies()), incoming, true);
        long waiting = incoming.waiting().stream().mapToLong(Demand::units).sum();
        long most =
                preorder.limit().isPresent() ? Math.max(0, preorder.limit().getAsInt() - waiting) : Integer.MAX_VALUE;
        return later(Later.Kind.PREORDER, left, among, most);
    }

    private static List<Expected> unclaimed(
            Collection<Balance> balances, List<Expected> supplies, Incoming incoming, boolean keptBack) {
        List<Demand> demands = new ArrayList<>(PriorClaims.of(balances, supplies, keptBack));
        demands.addAll(incoming.waiting());
        return Promises.unclaimed(demands, supplies);
    }

    /** The day is that of the first units; what {@code left} has is in the order of its days. */
    private static Optional<Later> later(
            Later.Kind kind, List<Expected> left, Collection<FacilityId> among, long most) {
        List<Expected> served = left.stream()
                .filter(supply -> among.contains(supply.facility()))
                .toList();
        long all = served.stream().mapToLong(Expected::outstanding).sum();
        int units = Math.clamp(Math.min(all, most), 0, Integer.MAX_VALUE);
        return units == 0
                ? Optional.empty()
                : Optional.of(new Later(kind, units, served.getFirst().expectedAt()));
    }
}
