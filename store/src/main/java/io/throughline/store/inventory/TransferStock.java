package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.IncomingSupply.Repromised;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.Transfer.Line;
import io.throughline.domain.transfer.TransferObjections;
import io.throughline.domain.transfer.TransferTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What transfers ask of the stock and mean for it, in transactions that hold the transfer's row. */
final class TransferStock {
    private final PostgresInventory inventory;
    private final Balances balances;
    private final Backorders backorders;

    TransferStock(PostgresInventory inventory, StockRules rules) {
        this.inventory = inventory;
        this.balances = new Balances(rules.safetyStocks());
        this.backorders = new Backorders(balances, rules.preorders());
    }

    void lock(Handle handle, Transfer transfer) {
        lock(handle, transfer, Set.of());
    }

    /** {@code others} with them, so that all are locked at once and in the one order. */
    void lock(Handle handle, Transfer transfer, Set<Place> others) {
        Set<Place> places = places(transfer.from(), transfer.to(), transfer.skus());
        places.addAll(others);
        balances.lock(handle, places);
    }

    void lock(Handle handle, FacilityId from, FacilityId to, Collection<Sku> skus) {
        balances.lock(handle, places(from, to, skus));
    }

    /** Both places and the virtual one of each SKU. */
    private static Set<Place> places(FacilityId from, FacilityId to, Collection<Sku> skus) {
        Set<Place> places = new HashSet<>();
        for (Sku sku : skus) {
            places.addAll(List.of(new Place(sku, from), new Place(sku, to), Place.unrouted(sku)));
        }
        return places;
    }

    /** Why so many units can't go: others are promised them, or too little would stay. */
    Optional<String> objection(Handle handle, FacilityId from, Map<Sku, Integer> units, TransferTerms terms) {
        for (Map.Entry<Sku, Integer> wanted : new TreeMap<>(TransferObjections.positive(units)).entrySet()) {
            Sku sku = wanted.getKey();
            int free =
                    Unpromised.of(handle, sku, balances.of(handle, Set.of(sku))).free(Set.of(from));
            int most = Math.max(0, free - terms.keep());
            if (wanted.getValue() > most) {
                return Optional.of(from + " can give " + most + " of " + sku + ", not " + wanted.getValue() + ": "
                        + free + " are promised to nobody, and " + terms.keep() + " stay by " + terms.rule() + " of "
                        + terms.policy());
            }
        }
        return Optional.empty();
    }

    void move(Handle handle, List<Movement> movements, String cause, Telling telling) {
        inventory.record(handle, movements, cause, telling);
    }

    /** What is on its way can be promised of. */
    void expect(Handle handle, Transfer transfer, Instant now, Telling telling) {
        telling.repromised(
                promise(handle, transfer, true, now), transfer.id() + " is expected at " + transfer.expectedAt());
    }

    /** What is not on its way any more can't be promised of. */
    void expectNoMore(Handle handle, Transfer transfer, Instant now, Telling telling) {
        telling.repromised(promise(handle, transfer, false, now), transfer.id() + " is on its way no more");
    }

    private List<Repromised> promise(Handle handle, Transfer transfer, boolean onItsWay, Instant now) {
        List<Repromised> changed = new ArrayList<>();
        for (Line line : transfer.lines()) {
            if (line.sent() == 0) {
                continue;
            }
            StockSource source =
                    new StockSource(StockSource.OWN, transfer.id().subject() + "/" + line.sku(), onItsWay ? 1 : 2);
            Supplies.put(
                    handle,
                    new Expected(source, transfer.to(), line.sku(), onItsWay ? line.sent() : 0, transfer.expectedAt()));
            changed.addAll(backorders.promise(handle, line.sku(), now));
        }
        return changed;
    }
}
