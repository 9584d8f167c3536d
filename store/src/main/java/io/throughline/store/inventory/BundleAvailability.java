package io.throughline.store.inventory;

import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.FactsWanted;
import io.throughline.domain.routing.RoutingFacts;
import io.throughline.store.internal.Transactions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What can be had of products, bundles too, by what can be had of their components. */
final class BundleAvailability {
    private final Transactions transactions;
    private final StockRules rules;
    private final Balances balances;

    BundleAvailability(LedgerParts parts) {
        this.transactions = parts.transactions();
        this.rules = parts.rules();
        this.balances = parts.balances();
    }

    Map<FacilityId, Map<Sku, Integer>> availability(Collection<Sku> skus) {
        return whole(skus, balances(parts(skus)), Balance::availableToPromise);
    }

    RoutingFacts routingFacts(OrderId order, Collection<Sku> skus, FactsWanted wanted) {
        return transactions.with(handle -> {
            Set<Sku> parts = parts(skus);
            RoutingPicture picture = wanted.nothingElse()
                    ? RoutingPicture.of(balances.of(handle, parts))
                    : RoutingPicture.of(handle, balances, order, parts, wanted);
            Dependents dependents = Dependents.of(handle, order, picture.balances());
            return new RoutingFacts(
                    whole(skus, picture.balances(), dependents::most),
                    picture.work(),
                    picture.turnover(),
                    picture.brands(),
                    picture.shipBy());
        });
    }

    private Set<Sku> parts(Collection<Sku> skus) {
        return skus.stream()
                .flatMap(sku -> rules.bundles().partsOf(sku).stream())
                .map(Part::sku)
                .collect(Collectors.toSet());
    }

    /** What can be had of each SKU, bundles too, by what can be had of each component. */
    private Map<FacilityId, Map<Sku, Integer>> whole(
            Collection<Sku> skus, List<Balance> there, ToIntFunction<Balance> units) {
        Map<FacilityId, Map<Sku, Integer>> byPart = new TreeMap<>();
        there.stream()
                .filter(balance -> !balance.facility().equals(FacilityId.UNROUTED))
                .forEach(balance -> byPart.computeIfAbsent(balance.facility(), facility -> new TreeMap<>())
                        .put(balance.sku(), units.applyAsInt(balance)));
        Map<FacilityId, Map<Sku, Integer>> availability = new TreeMap<>();
        byPart.forEach((facility, parts) -> {
            Map<Sku, Integer> whole = new TreeMap<>();
            skus.stream()
                    .filter(sku ->
                            rules.bundles().partsOf(sku).stream().allMatch(part -> parts.containsKey(part.sku())))
                    .forEach(sku ->
                            whole.put(sku, rules.bundles().unitsFrom(sku, part -> parts.getOrDefault(part, 0))));
            availability.put(facility, whole);
        });
        return availability;
    }

    private List<Balance> balances(Collection<Sku> skus) {
        return transactions.with(handle -> balances.of(handle, skus));
    }
}
