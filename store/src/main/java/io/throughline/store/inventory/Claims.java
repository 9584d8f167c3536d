package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.FreeStock.Demand;
import io.throughline.domain.inventory.StockSubject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What baskets and orders that have no facility yet may come to take of the shelves that an account shows, so that it does not sell that
 * too. It is laid upon the account's shelves first, for it may be routed there, and in one order, so that it stays where it is. What its
 * own orders sold is none of it: its system has committed that already. Of the parts of a bundle that was sold, and of the bundles that a
 * part was sold out of, it knows nothing.
 */
final class Claims {
    private final Set<FacilityId> shown;
    private final Offers offers;
    private final Map<Sku, List<Claim>> claims;
    private final Map<Sku, Map<FacilityId, Long>> supply;
    private final Map<Seen, Map<FacilityId, Long>> laid = new HashMap<>();

    private Claims(
            Set<FacilityId> shown,
            Offers offers,
            Map<Sku, List<Claim>> claims,
            Map<Sku, Map<FacilityId, Long>> supply) {
        this.shown = shown;
        this.offers = offers;
        this.claims = claims;
        this.supply = supply;
    }

    /** {@code sold} is what an own order sold, for which it wants the SKU; of others it does not matter. */
    record Claim(Sku sku, Optional<Sku> sold, Demand demand) {
        boolean concerns(Sku shownAs) {
            return sold.filter(shownAs::equals).isEmpty();
        }
    }

    /** The shelves of a SKU, as they count for what is shown of it, or of a bundle of which it is a part. */
    private record Seen(Sku sku, Sku shownAs) {}

    static Claims of(
            Handle handle,
            AccountId account,
            Set<FacilityId> shown,
            Collection<Sku> skus,
            Bundles bundles,
            Balances balances,
            Offers offers) {
        List<Sku> parts =
                skus.stream().filter(sku -> !bundles.bundlesOf(sku).isEmpty()).toList();
        Map<Sku, List<Claim>> claims = UnroutedDemands.claims(handle, skus, parts, account).stream()
                .collect(Collectors.groupingBy(Claim::sku));
        Map<Sku, Map<FacilityId, Long>> supply = new HashMap<>();
        if (!claims.isEmpty()) {
            balances.of(handle, claims.keySet()).stream()
                    .collect(Collectors.groupingBy(Balance::sku))
                    .forEach((sku, there) ->
                            supply.put(sku, FreeStock.supply(there, balance -> counted(balance, shown, offers))));
        }
        return new Claims(shown, offers, claims, supply);
    }

    /** What a shelf doesn't offer is taken by nobody: it is kept back there anyway. */
    private static long counted(Balance balance, Set<FacilityId> shown, Offers offers) {
        int promised = balance.availableToPromise();
        return shown.contains(balance.facility()) ? offers.trusted(balance.facility(), promised) : promised;
    }

    /** {@code shownAs} is the SKU of the shelf, or a bundle of which that is a part. */
    int on(StockSubject shelf, Sku shownAs) {
        return Math.toIntExact(
                laid.computeIfAbsent(new Seen(shelf.sku(), shownAs), this::lay).getOrDefault(shelf.facility(), 0L));
    }

    private Map<FacilityId, Long> lay(Seen seen) {
        List<Demand> demands = claims.getOrDefault(seen.sku(), List.of()).stream()
                .filter(claim -> claim.concerns(seen.shownAs()))
                .map(Claim::demand)
                .toList();
        Map<FacilityId, Long> there = new HashMap<>(supply.getOrDefault(seen.sku(), Map.of()));
        there.keySet().removeIf(facility -> shown.contains(facility) && !offers.sells(facility, seen.shownAs()));
        return spread(demands, there);
    }

    /** The demand that may be served from the fewest facilities comes first. What is not there can't be taken. */
    private Map<FacilityId, Long> spread(List<Demand> demands, Map<FacilityId, Long> there) {
        List<FacilityId> order = there.keySet().stream()
                .sorted(Comparator.comparing((FacilityId facility) -> !shown.contains(facility))
                        .thenComparing(FacilityId::value))
                .toList();
        List<Demand> narrowest = new ArrayList<>(demands);
        narrowest.sort(Comparator.comparing((Demand demand) -> demand.among().isEmpty())
                .thenComparingInt(demand -> demand.among().size()));
        Map<FacilityId, Long> taken = new HashMap<>();
        for (Demand demand : narrowest) {
            long left = demand.units();
            for (FacilityId facility : order) {
                if (demand.among().isEmpty() || demand.among().contains(facility)) {
                    long rest = there.getOrDefault(facility, 0L) - taken.getOrDefault(facility, 0L);
                    long part = Math.min(left, rest);
                    taken.merge(facility, part, Long::sum);
                    left -= part;
                }
            }
        }
        return taken;
    }

    /** Whether there is any such demand, so that a change at one shelf may change what is claimed of another. */
    boolean concern(Sku sku) {
        return claims.containsKey(sku);
    }
}
