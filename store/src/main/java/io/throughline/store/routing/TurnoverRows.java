package io.throughline.store.routing;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.StockTurnover;
import io.throughline.store.internal.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * How stock moved at each place by an instant, by what the ledger had heard of until then. The older goes first: what lies there is what came last,
 * so the oldest of it came with the movement before which the later ones bring less than is there. A count changes the stock by a difference, and
 * only that is new.
 */
final class TurnoverRows {
    private static final String RECKONED = """
            head as (
                select b.sku, b.facility, h.ordinal, greatest(h.net, 0) as on_hand
                from stock_balance b
                cross join lateral (
                    select m.ordinal, m.net from stock_movement m
                    where m.sku = b.sku and m.facility = b.facility and m.measure = 'ON_HAND' and m.recorded_at < :at
                    order by m.ordinal desc limit 1) h
                where b.sku = any(cast(:skus as text[])) and b.facility <> 'UNROUTED'),
            reckoned as (
                select head.sku, head.facility, head.ordinal, head.on_hand,
                    round(sold.units / least(:weeks, greatest(1,
                        cast(extract(epoch from :at - first.at) as numeric) / (7 * 24 * 3600))), 3) as sold_a_week,
                    case when head.ordinal = known.head then known.oldest_since else oldest.at end as oldest_since
                from head
                left join stock_turnover known on :known and known.sku = head.sku and known.facility = head.facility
                cross join lateral (
                    select m.occurred_at as at from stock_movement m
                    where m.sku = head.sku and m.facility = head.facility and m.measure = 'ON_HAND'
                    order by m.occurred_at limit 1) first
                cross join lateral (
                    select coalesce(sum(- m.stated), 0) as units from stock_movement m
                    where m.sku = head.sku and m.facility = head.facility and m.measure = 'ON_HAND'
                        and m.kind = 'SALE' and m.part = 0
                        and m.occurred_at >= :since and m.occurred_at < :at and m.recorded_at < :at
                        and not exists (select 1 from stock_movement n
                            where n.source = m.source and n.source_id = m.source_id and n.corrects = m.version
                                and n.recorded_at < :at)) sold
                left join lateral (
                    select min(came.occurred_at) as at
                    from (
                        select m.occurred_at, sum(m.quantity) over (order by m.ordinal desc) - m.quantity as later
                        from stock_movement m
                        where m.sku = head.sku and m.facility = head.facility and m.measure = 'ON_HAND'
                            and m.quantity > 0 and m.ordinal <= head.ordinal
                            and head.ordinal is distinct from known.head) came
                    where came.later < head.on_hand) oldest on true)
            """;

    private static final String WRITTEN = """
            insert into stock_turnover as t (sku, facility, sold_a_week, oldest_since, head)
            select sku, facility, sold_a_week, oldest_since, ordinal from reckoned
            order by sku, facility
            on conflict (sku, facility) do update set sold_a_week = excluded.sold_a_week,
                oldest_since = excluded.oldest_since, head = excluded.head
            where (t.sold_a_week, t.oldest_since, t.head)
                is distinct from (excluded.sold_a_week, excluded.oldest_since, excluded.head)
            """;

    private TurnoverRows() {}

    /** Writes what has changed of these SKUs. */
    static void reckon(Handle handle, List<String> skus, Instant at) {
        bound(handle.createUpdate("with " + RECKONED + WRITTEN), skus, at)
                .bind("known", true)
                .execute();
    }

    /** The same, believing nothing of what is there; gives the places of which something else was there. */
    static List<String> reckonAnew(Handle handle, List<String> skus, Instant at) {
        return bound(
                        handle.createQuery(
                                "with " + RECKONED + WRITTEN + "returning sku || ' at ' || facility as place"),
                        skus,
                        at)
                .bind("known", false)
                .mapTo(String.class)
                .list();
    }

    /** Of places where nothing ever moved, nothing is reckoned. */
    static List<String> takeAway(Handle handle, List<String> skus) {
        return handle.createQuery("""
                        delete from stock_turnover t
                        where sku = any(cast(:skus as text[])) and not exists (
                            select from stock_movement m
                            where m.sku = t.sku and m.facility = t.facility and m.measure = 'ON_HAND')
                        returning sku || ' at ' || facility as place
                        """)
                .bindArray("skus", String.class, skus)
                .mapTo(String.class)
                .list();
    }

    /** As they were at an instant of the past; what is kept of today says nothing of it. */
    static Map<FacilityId, StockTurnover> at(Handle handle, Sku sku, Instant at) {
        Map<FacilityId, StockTurnover> turnover = new HashMap<>();
        bound(handle.createQuery("with " + RECKONED + """
                                select facility, on_hand, sold_a_week, oldest_since from reckoned
                                """), List.of(sku.value()), at)
                .bind("known", false)
                .map((row, context) -> Map.entry(
                        new FacilityId(row.getString("facility")),
                        new StockTurnover(
                                row.getInt("on_hand"),
                                row.getDouble("sold_a_week"),
                                Columns.optionalInstant(row, "oldest_since"))))
                .forEach(one -> turnover.put(one.getKey(), one.getValue()));
        return turnover;
    }

    private static <S extends SqlStatement<S>> S bound(S statement, List<String> skus, Instant at) {
        return statement
                .bindArray("skus", String.class, skus)
                .bind("at", Columns.at(at))
                .bind("since", Columns.at(at.minus(Duration.ofDays(7L * StockTurnover.WEEKS_OF_SALES))))
                .bind("weeks", StockTurnover.WEEKS_OF_SALES);
    }
}
