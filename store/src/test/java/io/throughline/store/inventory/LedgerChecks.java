package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** What must be true of the whole ledger at every instant, asked of one snapshot of the tables themselves. */
public final class LedgerChecks {
    private LedgerChecks() {}

    public static void holdsIn(Jdbi tables) {
        assertThat(broken(tables)).isEmpty();
    }

    /** Every cell, order or row that breaks a rule, in words. */
    static List<String> broken(Jdbi tables) {
        return tables.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, LedgerChecks::broken);
    }

    private static List<String> broken(Handle handle) {
        return handle.createQuery("""
                        with latest as (
                            select distinct on (source, source_id) * from stock_movement where part = 0
                            order by source, source_id, version desc),
                        counted as (
                            select distinct on (sku, facility, measure) * from latest where kind in ('OPENING', 'COUNT')
                            order by sku, facility, measure, occurred_at desc, source collate "C" desc,
                                source_id collate "C" desc),
                        chain_end as (
                            select distinct on (sku, facility, measure) * from stock_movement
                            order by sku, facility, measure, ordinal desc)
                        select 'said ' || e.sku || ' at ' || e.facility || ' ' || e.measure from chain_end e
                        left join counted c using (sku, facility, measure)
                        where e.net <> coalesce(c.stated, 0) + (
                            select coalesce(sum(l.stated), 0) from latest l
                            where l.sku = e.sku and l.facility = e.facility and l.measure = e.measure
                                and l.kind not in ('OPENING', 'COUNT')
                                and l.occurred_at >= coalesce(c.occurred_at, '-infinity'))
                        union all
                        select 'reserved ' || sku || ' at ' || facility from stock_balance b
                        where reserved <> (select coalesce(sum(quantity), 0) from reservation r
                            where r.sku = b.sku and r.facility = b.facility and state in ('HELD', 'CONFIRMED'))
                        union all
                        select 'moved ' || sku || ' at ' || facility from stock_balance b
                        where on_hand - shortfall <> (select coalesce(sum(quantity), 0) from stock_movement m
                            where m.sku = b.sku and m.facility = b.facility and m.measure = 'ON_HAND')
                        union all
                        select 'negative ' || sku || ' at ' || facility from stock_balance
                        where least(on_hand, reserved, held, damaged, in_transit, safety_stock, shortfall) < 0
                            or (on_hand > 0 and shortfall > 0)
                        union all
                        select 'prefix ' || sku || ' at ' || facility || ' #' || ordinal from (
                            select sku, facility, measure, ordinal, net,
                                sum(quantity) over chain as summed, row_number() over chain as numbered
                            from stock_movement
                            window chain as (partition by sku, facility, measure order by ordinal)) m
                        where net <> summed or ordinal <> numbered
                        union all
                        select 'displaced ' || b.sku || ' at ' || b.facility from stock_balance b
                        where facility <> 'UNROUTED'
                            and greatest(0, reserved - greatest(0, on_hand - held - damaged)) <> (
                                select coalesce(sum(displaced), 0) from reservation r
                                where r.sku = b.sku and r.facility = b.facility and state = 'CONFIRMED')
                        union all
                        select 'basket ' || b.id from basket b join reservation r on r.basket_id = b.id
                        where b.state <> 'HELD' and r.state in ('HELD', 'BACKORDERED')
                        union all
                        select 'promise ' || coalesce(w.order_id, p.order_id)
                        from (select order_id, case when count(*) = count(promised_at) then max(promised_at) end as last
                            from reservation where state = 'BACKORDERED' and order_id is not null
                            group by order_id) w
                        full join (select * from order_promise where waits) p on p.order_id = w.order_id
                        where p.order_id is null or w.order_id is null or p.promised_at is distinct from w.last
                        """).mapTo(String.class).list();
    }
}
