package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.SafetyStocks;
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
 * What an account is to be shown of places, read by one statement and so as of one moment. An account's own are the orders that it made,
 * the sales of its tills, the work that it was given and what it told itself: its system takes their goods off by itself.
 */
final class Pictures {
    private final SafetyStocks safetyStocks;

    Pictures(SafetyStocks safetyStocks) {
        this.safetyStocks = safetyStocks;
    }

    List<StockPicture> of(Handle handle, AccountId account, Collection<StockSubject> places) {
        return handle.createQuery("""
                        select b.sku, b.facility, b.on_hand - b.shortfall as net, coalesce(head.ordinal, 0) as head,
                            b.reserved - coalesce(own.reserved, 0) + b.held + b.damaged as kept, b.safety_stock,
                            s.item, s.on_hand as shown_on_hand, s.reserved as shown_reserved,
                            s.safety_stock as shown_safety_stock, s.ordinal, s.owed, s.standing,
                            coalesce(moved.own, 0) as moved_own, coalesce(moved.others, 0) as moved_others
                        from unnest(cast(:skus as text[]), cast(:facilities as text[])) as wanted (sku, facility)
                        join stock_balance b on b.sku = wanted.sku and b.facility = wanted.facility
                        left join stock_shown s
                            on s.account = :account and s.sku = b.sku and s.facility = b.facility
                        left join lateral (
                            select m.ordinal from stock_movement m
                            where m.sku = b.sku and m.facility = b.facility and m.measure = 'ON_HAND'
                            order by m.ordinal desc limit 1) head on true
                        left join lateral (
                            select sum(r.quantity) as reserved from reservation r
                            join customer_order o on o.id = r.order_id and o.account = :account
                            where r.sku = b.sku and r.facility = b.facility and r.state in ('HELD', 'CONFIRMED')
                            ) own on b.reserved > 0
                        left join lateral (
                            select sum(m.quantity) filter (where m.own) as own,
                                sum(m.quantity) filter (where not m.own) as others
                            from (
                                select m.quantity, m.source = :account or exists (
                                    select 1 from fulfillment_order f join customer_order o on o.id = f.order_id
                                    where m.source = 'throughline' and f.id = split_part(m.source_id, '/', 1)
                                        and (o.account = :account or f.work_account = :account))
                                    or exists (
                                    select 1 from till_sale t
                                    where m.source = 'throughline' and m.source_id like 'sale/%'
                                        and t.account = :account and t.external_id = split_part(m.source_id, '/', 3))
                                    as own
                                from stock_movement m
                                where m.sku = b.sku and m.facility = b.facility and m.measure = 'ON_HAND'
                                    and m.ordinal > s.ordinal) m
                            ) moved on s.ordinal is not null
                        order by b.sku, b.facility
                        """)
                .bind("account", account.value())
                .bindArray(
                        "skus",
                        String.class,
                        places.stream().map(place -> place.sku().value()).toList())
                .bindArray(
                        "facilities",
                        String.class,
                        places.stream().map(place -> place.facility().value()).toList())
                .map((row, context) -> picture(row))
                .list();
    }

    private StockPicture picture(ResultSet row) throws SQLException {
        StockSubject place = new StockSubject(new FacilityId(row.getString("facility")), Sku.of(row.getString("sku")));
        return new StockPicture(
                place,
                new StockPicture.Wanted(
                        row.getInt("net"),
                        row.getLong("head"),
                        row.getInt("kept"),
                        Math.max(row.getInt("safety_stock"), safetyStocks.of(place.facility(), place.sku()))),
                row.getString("item") == null ? Optional.empty() : Optional.of(known(row)));
    }

    private static StockPicture.Known known(ResultSet row) throws SQLException {
        return new StockPicture.Known(
                new ShownStock(
                        row.getString("item"),
                        row.getInt("shown_on_hand"),
                        row.getInt("shown_reserved"),
                        row.getInt("shown_safety_stock")),
                row.getLong("ordinal"),
                row.getInt("owed"),
                row.getInt("moved_own"),
                row.getInt("moved_others"),
                StockPicture.Standing.valueOf(row.getString("standing")));
    }
}
