package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.StockPicture;
import io.throughline.domain.inventory.StockSubject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    List<StockPicture> of(Handle handle, AccountId account, Collection<StockSubject> places, Claims claims) {
        List<Ingredient> wanted = places.stream()
                .flatMap(place -> bundles.partsOf(place.sku()).stream().map(part -> new Ingredient(place, part)))
                .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<StockSubject, List<Shelf>> shelves = new LinkedHashMap<>();
        read(handle, account, wanted, claims)
                .forEach(shelf -> shelves.computeIfAbsent(shelf.bundle(), unknown -> new ArrayList<>())
                        .add(shelf));
        return shelves.values().stream().map(BundlePictures::picture).toList();
    }

    private record Ingredient(StockSubject bundle, Part part) {}

    /** What is there of one part; the rest counts units of the part, too. */
    private record Shelf(
            StockSubject bundle,
            int perBundle,
            int free,
            long head,
            int own,
            int movedOwn,
            Optional<Pictures.Known> known) {}

    private static StockPicture picture(List<Shelf> parts) {
        Shelf first = parts.getFirst();
        int made = parts.stream()
                .mapToInt(part -> part.free() / part.perBundle())
                .min()
                .orElse(0);
        int level = made + first.own() / first.perBundle();
        int left = first.movedOwn() / first.perBundle();
        return new StockPicture(
                first.bundle(),
                new StockPicture.Wanted(level, first.head(), 0, 0),
                first.known().map(known -> known.since(left, level - known.net() - left)));
    }

    private List<Shelf> read(Handle handle, AccountId account, List<Ingredient> wanted, Claims claims) {
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
                .map((row, context) -> shelf(row, claims))
                .list();
    }

    private Shelf shelf(ResultSet row, Claims claims) throws SQLException {
        StockSubject bundle = Pictures.place(row.getString("place"), row.getString("bundle"));
        return new Shelf(
                bundle,
                row.getInt("units"),
                row.getString("sku") == null ? 0 : free(balances.map(row), bundle, claims),
                row.getLong("head"),
                row.getInt("own_reserved"),
                row.getInt("moved_own"),
                Pictures.Known.read(row));
    }

    private static int free(Balance part, StockSubject bundle, Claims claims) {
        int claimed = claims.on(new StockSubject(part.facility(), part.sku()), bundle.sku());
        return Math.max(0, part.availableToPromise() - claimed);
    }
}
