package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockPicture;
import io.throughline.domain.inventory.StockSubject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What an account is to be shown of places, read by one statement and so as of one moment. What is claimed of them was read before: when that
 * changes, all shelves of the SKU are news again.
 */
final class Pictures {
    private final Balances balances;

    Pictures(Balances balances) {
        this.balances = balances;
    }

    List<StockPicture> of(
            Handle handle,
            AccountId account,
            Collection<StockSubject> places,
            Claims claims,
            Offers offers,
            Thresholds thresholds) {
        return handle.createQuery("""
            select b.sku, b.facility, b.on_hand, b.reserved, b.safety_stock, b.held, b.shortfall, b.damaged, b.in_transit,
                coalesce(head.ordinal, 0) as head, coalesce(own.reserved, 0) as own_reserved,
                s.item, s.on_hand as shown_on_hand, s.reserved as shown_reserved,
                s.safety_stock as shown_safety_stock, s.ordinal, s.net as shown_net, s.owed, s.standing,
                coalesce(moved.own, 0) as moved_own, coalesce(moved.others, 0) as moved_others
            from unnest(cast(:skus as text[]), cast(:facilities as text[])) as wanted (sku, facility)
            join stock_balance b on b.sku = wanted.sku and b.facility = wanted.facility
            left join stock_shown s
                on s.account = :account and s.sku = b.sku and s.facility = b.facility
            left join lateral (
                select m.ordinal from stock_movement m
                where m.sku = b.sku and m.facility = b.facility and m.measure = 'ON_HAND'
                order by m.ordinal desc limit 1) head on true
            left join lateral (%s) own on b.reserved > 0
            left join lateral (
                select sum(m.quantity) filter (where m.own) as own,
                    sum(m.quantity) filter (where not m.own) as others
                from (
                    select m.quantity, %s as own
                    from stock_movement m
                    where m.sku = b.sku and m.facility = b.facility and m.measure = 'ON_HAND'
                        and m.ordinal > s.ordinal) m
                ) moved on s.ordinal is not null
            order by b.sku, b.facility
            """.formatted(OwnGoods.reserved("b.sku"), OwnGoods.moved("b.sku")))
                .bind("account", account.value())
                .bindArray(
                        "skus",
                        String.class,
                        places.stream().map(place -> place.sku().value()).toList())
                .bindArray(
                        "facilities",
                        String.class,
                        places.stream().map(place -> place.facility().value()).toList())
                .map((row, context) -> picture(row, claims, offers, thresholds))
                .list();
    }

    private StockPicture picture(ResultSet row, Claims claims, Offers offers, Thresholds thresholds)
            throws SQLException {
        Balance shelf = balances.map(row);
        StockSubject place = new StockSubject(shelf.facility(), shelf.sku());
        int others = shelf.reserved() - row.getInt("own_reserved");
        int movedOwn = row.getInt("moved_own");
        int movedOthers = row.getInt("moved_others");
        return new StockPicture(
                place,
                new StockPicture.Wanted(
                        shelf.onHand() - shelf.shortfall(),
                        row.getLong("head"),
                        others + shelf.held() + shelf.damaged() + claims.on(place, place.sku()),
                        thresholds.keptBack(shelf, offers)),
                Known.read(row).map(known -> known.since(movedOwn, movedOthers)));
    }

    static StockSubject place(String facility, String sku) {
        return new StockSubject(new FacilityId(facility), Sku.of(sku));
    }

    /** A row of {@code stock_shown}, whose columns are called so where others have the same name. */
    record Known(ShownStock shown, long ordinal, int net, int owed, StockPicture.Standing standing) {
        /** Empty when there is none. */
        static Optional<Known> read(ResultSet row) throws SQLException {
            return row.getString("item") == null
                    ? Optional.empty()
                    : Optional.of(new Known(
                            new ShownStock(
                                    row.getString("item"),
                                    row.getInt("shown_on_hand"),
                                    row.getInt("shown_reserved"),
                                    row.getInt("shown_safety_stock")),
                            row.getLong("ordinal"),
                            row.getInt("shown_net"),
                            row.getInt("owed"),
                            StockPicture.Standing.valueOf(row.getString("standing"))));
        }

        StockPicture.Known since(int own, int others) {
            return new StockPicture.Known(shown, ordinal, owed, own, others, standing);
        }
    }
}
