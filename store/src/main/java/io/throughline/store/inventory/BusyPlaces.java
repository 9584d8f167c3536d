package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.routing.FacilityWork;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The balances of some SKUs with the work that their facilities have, in one statement, so that routing decides on one picture. */
record BusyPlaces(List<Balance> balances, Map<FacilityId, FacilityWork> work) {
    BusyPlaces {
        balances = List.copyOf(balances);
        work = Map.copyOf(work);
    }

    /** What a facility gave back does not fill its hour. The words of the filters are those of the indexes. */
    static BusyPlaces of(Handle handle, Balances rows, Collection<Sku> skus, Instant hourAgo) {
        List<Balance> balances = new ArrayList<>();
        Map<FacilityId, FacilityWork> work = new HashMap<>();
        handle.createQuery("with b as (select " + Balances.COLUMNS + """
                         from stock_balance where sku = any(cast(:skus as text[]))),
                        open as (
                            select facility, count(*) as pieces from fulfillment_order
                            where status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED')
                                and facility in (select facility from b)
                            group by facility),
                        recent as (
                            select facility, count(*) as pieces from fulfillment_order
                            where allocated_at > :hourAgo and status not in ('REJECTED', 'CANCELLED')
                            group by facility)
                        select b.*, coalesce(open.pieces, 0) as open, coalesce(recent.pieces, 0) as recent
                        from b left join open on open.facility = b.facility left join recent on recent.facility = b.facility
                        order by b.sku, b.facility
                        """)
                .bindArray(
                        "skus",
                        String.class,
                        skus.stream().map(Sku::value).distinct().toList())
                .bind("hourAgo", Columns.at(hourAgo))
                .map((row, context) -> {
                    Balance balance = rows.map(row);
                    work.put(balance.facility(), new FacilityWork(row.getInt("open"), row.getInt("recent")));
                    return balance;
                })
                .forEach(balances::add);
        return new BusyPlaces(balances, work);
    }
}
