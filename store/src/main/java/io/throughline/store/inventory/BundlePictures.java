package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockPicture;
import io.throughline.domain.inventory.StockSubject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What an account is to be shown of bundles: as many as the parts that nobody has reserved make up, and those that are reserved for its own
 * orders of the bundle, which it has committed itself. What of them left by its own orders is found by the movements of the first part.
 */
final class BundlePictures {
    private final Bundles bundles;
    private final Balances balances;

    BundlePictures(Bundles bundles, Balances balances) {
        this.bundles = bundles;
        this.balances = balances;
    }

    /** What is kept back of the whole network is right only where all places of a bundle that are shown are among these. */
    List<StockPicture> of(
            Handle handle, AccountId account, Collection<StockSubject> places, Claims claims, Offers offers) {
        List<Ingredient> wanted = places.stream()
                .flatMap(place -> bundles.partsOf(place.sku()).stream().map(part -> new Ingredient(place, part)))
                .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<StockSubject, List<Shelf>> shelves = new LinkedHashMap<>();
        read(handle, account, wanted, claims, offers)
                .forEach(shelf -> shelves.computeIfAbsent(shelf.bundle(), unknown -> new ArrayList<>())
                        .add(shelf));
        List<Level> levels = shelves.values().stream()
                .filter(parts -> parts.stream().anyMatch(Shelf::known))
                .map(parts -> Level.of(parts, offers))
                .toList();
        Map<StockSubject, Integer> kept = thresholds(levels, offers);
        return levels.stream()
                .map(level -> level.picture(kept.getOrDefault(level.place(), 0)))
                .toList();
    }

    private static Map<StockSubject, Integer> thresholds(List<Level> levels, Offers offers) {
        Map<StockSubject, Integer> kept = new HashMap<>();
        levels.stream()
                .filter(level ->
                        offers.sends(level.place().facility(), level.place().sku()))
                .collect(Collectors.groupingBy(
                        level -> level.place().sku(),
                        Collectors.toMap(level -> level.place().facility(), Level::offered)))
                .forEach((bundle, left) -> Thresholds.lay(offers.threshold(bundle), left)
                        .forEach((facility, units) -> kept.put(new StockSubject(facility, bundle), units)));
        return kept;
    }

    private record Ingredient(StockSubject bundle, Part part) {}

    /**
     * What is there of one part, if the place has ever had any: {@code promised} is nobody's, {@code free} nobody's and claimed by nobody,
     * {@code trusted} what of it may be offered. The rest counts units of the part, too.
     */
    private record Shelf(
            StockSubject bundle,
            int perBundle,
            boolean known,
            int promised,
            int free,
            int trusted,
            long head,
            int own,
            int movedOwn,
            Optional<Pictures.Known> shown) {}

    /** How many bundles can be {@code made} up at a place, and how many of them are {@code offered}. */
    private record Level(Shelf first, int made, int offered) {
        static Level of(List<Shelf> parts, Offers offers) {
            Shelf first = parts.getFirst();
            FacilityId facility = first.bundle().facility();
            int made = fewest(parts, Shelf::free);
            int trusted =
                    Math.min(fewest(parts, Shelf::trusted), offers.trusted(facility, fewest(parts, Shelf::promised)));
            return new Level(first, made, offers.sells(facility, first.bundle().sku()) ? Math.min(made, trusted) : 0);
        }

        private static int fewest(List<Shelf> parts, ToIntFunction<Shelf> units) {
            return parts.stream()
                    .mapToInt(part -> units.applyAsInt(part) / part.perBundle())
                    .min()
                    .orElse(0);
        }

        StockSubject place() {
            return first.bundle();
        }

        StockPicture picture(int threshold) {
            int level = made + first.own() / first.perBundle();
            int left = first.movedOwn() / first.perBundle();
            return new StockPicture(
                    place(),
                    new StockPicture.Wanted(level, first.head(), 0, made - offered + threshold),
                    first.shown().map(shown -> shown.since(left, level - shown.net() - left)));
        }
    }

    private List<Shelf> read(Handle handle, AccountId account, List<Ingredient> wanted, Claims claims, Offers offers) {
        return handle.createQuery("""
            select wanted.bundle, wanted.units, wanted.place, b.sku, b.facility, b.on_hand, b.reserved,
                b.safety_stock, b.held, b.shortfall, b.damaged, b.in_transit, coalesce(head.ordinal, 0) as head,
                coalesce(own.reserved, 0) as own_reserved, coalesce(moved.own, 0) as moved_own,
                s.item, s.on_hand as shown_on_hand, s.reserved as shown_reserved,
                s.safety_stock as shown_safety_stock, s.ordinal, s.net as shown_net, s.owed, s.standing
            from unnest(cast(:bundles as text[]), cast(:skus as text[]), cast(:units as integer[]),
                cast(:facilities as text[])) with ordinality as wanted (bundle, part, units, place, position)
            left join stock_balance b on b.sku = wanted.part and b.facility = wanted.place
            left join stock_shown s
                on s.account = :account and s.sku = wanted.bundle and s.facility = wanted.place
            left join lateral (
                select m.ordinal from stock_movement m
                where m.sku = wanted.part and m.facility = wanted.place and m.measure = 'ON_HAND'
                order by m.ordinal desc limit 1) head on true
            left join lateral (%s) own on b.reserved > 0
            left join lateral (
                select sum(m.quantity) as own from stock_movement m
                where m.sku = wanted.part and m.facility = wanted.place and m.measure = 'ON_HAND'
                    and m.ordinal > s.ordinal and %s) moved on s.ordinal is not null
            order by wanted.position
            """.formatted(OwnGoods.reserved("wanted.bundle"), OwnGoods.moved("wanted.bundle")))
                .bind("account", account.value())
                .bindArray(
                        "bundles",
                        String.class,
                        wanted.stream().map(one -> one.bundle().sku().value()).toList())
                .bindArray(
                        "skus",
                        String.class,
                        wanted.stream().map(one -> one.part().sku().value()).toList())
                .bindArray(
                        "units",
                        Integer.class,
                        wanted.stream().map(one -> one.part().units()).toList())
                .bindArray(
                        "facilities",
                        String.class,
                        wanted.stream()
                                .map(one -> one.bundle().facility().value())
                                .toList())
                .map((row, context) -> shelf(row, claims, offers))
                .list();
    }

    private Shelf shelf(ResultSet row, Claims claims, Offers offers) throws SQLException {
        StockSubject bundle = Pictures.place(row.getString("place"), row.getString("bundle"));
        boolean known = row.getString("sku") != null;
        int promised = known ? balances.map(row).availableToPromise() : 0;
        int claimed =
                known ? claims.on(new StockSubject(bundle.facility(), Sku.of(row.getString("sku"))), bundle.sku()) : 0;
        return new Shelf(
                bundle,
                row.getInt("units"),
                known,
                promised,
                Math.max(0, promised - claimed),
                Math.max(0, offers.trusted(bundle.facility(), promised) - claimed),
                row.getLong("head"),
                row.getInt("own_reserved"),
                row.getInt("moved_own"),
                Pictures.Known.read(row));
    }
}
