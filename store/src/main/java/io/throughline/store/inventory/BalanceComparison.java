package io.throughline.store.inventory;

import io.throughline.store.rebuild.Derivation;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Compares each balance with the end of its chains of movements and with the open reservations, in one statement a turn. It changes nothing. */
public final class BalanceComparison implements Derivation {
    private static final int SKUS_A_TURN = 20;

    @Override
    public List<String> parts() {
        return List.of("stock_balance");
    }

    @Override
    public Turn turn(Handle handle, int part, String after, Instant now) {
        List<String> skus = handle.createQuery("""
                        (select distinct sku from stock_balance where sku > :after order by sku limit :most)
                        union
                        (select distinct sku from stock_movement where sku > :after order by sku limit :most)
                        union
                        (select distinct sku from reservation where state in ('HELD', 'CONFIRMED') and sku > :after
                            order by sku limit :most)
                        order by sku limit :most
                        """)
                .bind("after", after)
                .bind("most", SKUS_A_TURN)
                .mapTo(String.class)
                .list();
        Turn page = Turn.of(skus, SKUS_A_TURN, apart(handle, skus), 0);
        return new Turn(places(handle, skus), page.apart(), 0, page.last());
    }

    private static long places(Handle handle, List<String> skus) {
        return handle.createQuery("select count(*) from stock_balance where sku = any(cast(:skus as text[]))")
                .bindArray("skus", String.class, skus)
                .mapTo(Long.class)
                .one();
    }

    /** Only stock on hand can be less than nothing: a shortfall. */
    private static List<String> apart(Handle handle, List<String> skus) {
        return handle.createQuery("""
                        with moved as (
                            select distinct on (sku, facility, measure) sku, facility, measure,
                                case when measure = 'ON_HAND' then net else greatest(0, net) end as units
                            from stock_movement where sku = any(cast(:skus as text[]))
                            order by sku, facility, measure, ordinal desc),
                        reserved as (
                            select sku, facility, 'RESERVED' as measure, sum(quantity) as units
                            from reservation where sku = any(cast(:skus as text[])) and state in ('HELD', 'CONFIRMED')
                            group by sku, facility),
                        facts as (select * from moved union all select * from reserved),
                        kept as (
                            select b.sku, b.facility, each.measure, each.units
                            from stock_balance b cross join lateral (values
                                ('ON_HAND', cast(b.on_hand as bigint) - b.shortfall), ('HELD', b.held), ('DAMAGED', b.damaged),
                                ('IN_TRANSIT', b.in_transit), ('SAFETY_STOCK', b.safety_stock), ('RESERVED', b.reserved))
                                as each (measure, units)
                            where b.sku = any(cast(:skus as text[])))
                        select coalesce(kept.measure, facts.measure) || ' of ' || coalesce(kept.sku, facts.sku) || ' at '
                            || coalesce(kept.facility, facts.facility) || ': the balance says ' || coalesce(kept.units, 0)
                            || ', the facts come to ' || coalesce(facts.units, 0) as words
                        from kept full join facts
                            on facts.sku = kept.sku and facts.facility = kept.facility and facts.measure = kept.measure
                        where coalesce(kept.units, 0) <> coalesce(facts.units, 0)
                        order by 1
                        """)
                .bindArray("skus", String.class, skus)
                .mapTo(String.class)
                .list();
    }
}
