package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.StockSubject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The units of the whole network that an account's channel is not offered. A system knows quantities of shelves only, so they are laid upon those
 * from which is sent: in the order of their names, so that they stay where they are, and no more upon one than it offers.
 */
final class Thresholds {
    private final Map<StockSubject, Integer> laid = new HashMap<>();
    private final Set<StockSubject> moved = new HashSet<>();

    private Thresholds() {}

    /** Of those of the SKUs of which something is kept back; of bundles nothing is known here. */
    static Thresholds of(
            Handle handle,
            AccountId account,
            Set<FacilityId> shown,
            Collection<Sku> skus,
            Balances balances,
            Claims claims,
            Offers offers) {
        Thresholds thresholds = new Thresholds();
        Set<Sku> kept = skus.stream().filter(sku -> offers.threshold(sku) > 0).collect(Collectors.toSet());
        if (kept.isEmpty()) {
            return thresholds;
        }
        Map<StockSubject, Integer> told = told(handle, account, kept);
        balances.of(handle, kept).stream()
                .filter(balance -> shown.contains(balance.facility()))
                .collect(Collectors.groupingBy(Balance::sku))
                .forEach((sku, there) -> thresholds.lay(sku, there, claims, offers, told));
        return thresholds;
    }

    private void lay(Sku sku, List<Balance> there, Claims claims, Offers offers, Map<StockSubject, Integer> told) {
        Map<FacilityId, Integer> left = new TreeMap<>();
        there.stream()
                .filter(balance -> offers.sends(balance.facility(), sku))
                .forEach(balance -> left.put(
                        balance.facility(),
                        Math.max(
                                0,
                                offers.offered(balance.facility(), sku, balance.availableToPromise())
                                        - claims.on(new StockSubject(balance.facility(), sku), sku))));
        Map<FacilityId, Integer> kept = lay(offers.threshold(sku), left);
        for (Balance balance : there) {
            StockSubject place = new StockSubject(balance.facility(), sku);
            laid.put(place, kept.getOrDefault(balance.facility(), 0));
            Optional.ofNullable(told.get(place))
                    .filter(shown -> shown != keptBack(balance, offers))
                    .ifPresent(otherwise -> moved.add(place));
        }
    }

    /** In the order of the facilities' names. */
    static Map<FacilityId, Integer> lay(int units, Map<FacilityId, Integer> left) {
        Map<FacilityId, Integer> laid = new HashMap<>();
        int rest = units;
        for (Map.Entry<FacilityId, Integer> shelf : new TreeMap<>(left).entrySet()) {
            int part = Math.min(rest, shelf.getValue());
            laid.put(shelf.getKey(), part);
            rest -= part;
        }
        return laid;
    }

    /** What the account was told last is kept back. */
    private static Map<StockSubject, Integer> told(Handle handle, AccountId account, Collection<Sku> skus) {
        Map<StockSubject, Integer> told = new HashMap<>();
        handle.createQuery("""
                        select sku, facility, safety_stock from stock_shown
                        where account = :account and sku = any(cast(:skus as text[])) and standing = 'KNOWN'
                        """)
                .bind("account", account.value())
                .bindArray("skus", String.class, skus.stream().map(Sku::value).toList())
                .map((row, context) -> told.put(
                        Pictures.place(row.getString("facility"), row.getString("sku")), row.getInt("safety_stock")))
                .list();
        return told;
    }

    /** Of a shelf, all that a channel is not to sell though nobody has claimed it: its safety stock, what is not offered, and what was laid upon it. */
    int keptBack(Balance shelf, Offers offers) {
        int promised = shelf.availableToPromise();
        return shelf.safetyStock()
                + promised
                - offers.offered(shelf.facility(), shelf.sku(), promised)
                + laid.getOrDefault(new StockSubject(shelf.facility(), shelf.sku()), 0);
    }

    /** The shelves of these SKUs where another number is shown than shall be, whichever of them has changed. */
    Set<StockSubject> moved() {
        return Set.copyOf(moved);
    }
}
