package io.throughline.domain.availability;

import io.throughline.domain.availability.Availability.Later;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Preorders.Preorder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of a product's supply nobody waits for yet. Whoever waits already is served before, by the earliest supply. */
final class LaterSupply {
    private LaterSupply() {}

    private record Coming(long units, Instant at) {}

    static Optional<Later> ofBackorder(StockReading.Incoming incoming, Collection<FacilityId> among) {
        return later(Later.Kind.BACKORDER, coming(incoming, among), incoming.waiting(), Integer.MAX_VALUE);
    }

    /** {@code there} is what has come before the release. */
    static Optional<Later> ofPreorder(
            Preorder preorder,
            Map<FacilityId, Integer> there,
            StockReading.Incoming incoming,
            Collection<FacilityId> among) {
        List<Coming> coming = new ArrayList<>();
        there.values().forEach(units -> coming.add(new Coming(units, preorder.releaseAt())));
        coming(incoming, among)
                .forEach(supply -> coming.add(new Coming(supply.units(), preorder.notBefore(supply.at()))));
        int most = preorder.limit().isPresent()
                ? Math.max(0, preorder.limit().getAsInt() - incoming.waiting())
                : Integer.MAX_VALUE;
        return later(Later.Kind.PREORDER, coming, incoming.waiting(), most);
    }

    private static List<Coming> coming(StockReading.Incoming incoming, Collection<FacilityId> among) {
        return incoming.supplies().stream()
                .filter(supply -> among.contains(supply.facility()))
                .map((Expected supply) -> new Coming(supply.outstanding(), supply.expectedAt()))
                .toList();
    }

    private static Optional<Later> later(Later.Kind kind, List<Coming> coming, long waiting, int most) {
        long before = waiting;
        long left = 0;
        Optional<Instant> first = Optional.empty();
        for (Coming supply :
                coming.stream().sorted(Comparator.comparing(Coming::at)).toList()) {
            long taken = Math.min(before, supply.units());
            before -= taken;
            long free = supply.units() - taken;
            left += free;
            first = first.isEmpty() && free > 0 ? Optional.of(supply.at()) : first;
        }
        int units = Math.toIntExact(Math.min(left, most));
        return units == 0 ? Optional.empty() : first.map(at -> new Later(kind, units, at));
    }
}
