package io.throughline.store.inventory;

import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.FacilityWork;
import io.throughline.domain.routing.FactsWanted;
import io.throughline.domain.routing.StockTurnover;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The balances of some SKUs with what else routing minds of their places, in one statement, so that it decides on one picture. */
record RoutingPicture(
        List<Balance> balances,
        Map<FacilityId, FacilityWork> work,
        Map<FacilityId, Map<Sku, StockTurnover>> turnover,
        Map<Sku, String> brands,
        Optional<Instant> shipBy) {
    RoutingPicture {
        balances = List.copyOf(balances);
        work = Map.copyOf(work);
        turnover = Map.copyOf(turnover);
        brands = Map.copyOf(brands);
    }

    /** Of the stock only. */
    static RoutingPicture of(List<Balance> balances) {
        return new RoutingPicture(balances, Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    /**
     * What a facility gave back does not fill its hour. The words of the filters on work are those of the indexes; what is not wanted joins
     * nothing.
     */
    static RoutingPicture of(Handle handle, Balances rows, OrderId order, Collection<Sku> skus, FactsWanted wanted) {
        Reader reader = new Reader(rows, wanted);
        handle.createQuery("with b as (select " + Balances.COLUMNS + """
                         from stock_balance where sku = any(cast(:skus as text[]))),
                        open as (
                            select facility, count(*) as pieces from fulfillment_order
                            where status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED')
                                and :work and facility in (select facility from b)
                            group by facility),
                        recent as (
                            select facility, count(*) as pieces from fulfillment_order
                            where allocated_at > :workSince and status not in ('REJECTED', 'CANCELLED') and :work
                            group by facility)
                        select b.*, coalesce(open.pieces, 0) as open, coalesce(recent.pieces, 0) as recent,
                            coalesce(t.sold_a_week, 0) as sold_a_week, t.oldest_since, a.value as brand, m.ship_by
                        from b left join open on open.facility = b.facility left join recent on recent.facility = b.facility
                        left join stock_turnover t on :turnover and t.sku = b.sku and t.facility = b.facility
                        left join product_attribute a on :brands and a.sku = b.sku and a.attribute = :brand
                        left join marketplace_order m on :shipBy and m.order_id = :order
                        order by b.sku, b.facility
                        """)
                .bindArray(
                        "skus",
                        String.class,
                        skus.stream().map(Sku::value).distinct().toList())
                .bind("work", wanted.workSince().isPresent())
                .bind("workSince", Columns.at(wanted.workSince()))
                .bind("turnover", wanted.turnover())
                .bind("brands", wanted.brands())
                .bind("brand", Attribute.BRAND)
                .bind("shipBy", wanted.shipBy())
                .bind("order", order.value())
                .map((row, context) -> reader.read(row))
                .forEach(reader.balances::add);
        return reader.picture();
    }

    private static final class Reader {
        private final Balances rows;
        private final FactsWanted wanted;
        private final List<Balance> balances = new ArrayList<>();
        private final Map<FacilityId, FacilityWork> work = new HashMap<>();
        private final Map<FacilityId, Map<Sku, StockTurnover>> turnover = new HashMap<>();
        private final Map<Sku, String> brands = new HashMap<>();
        private Optional<Instant> shipBy = Optional.empty();

        Reader(Balances rows, FactsWanted wanted) {
            this.rows = rows;
            this.wanted = wanted;
        }

        Balance read(ResultSet row) throws SQLException {
            Balance balance = rows.map(row);
            if (wanted.workSince().isPresent()) {
                work.put(balance.facility(), new FacilityWork(row.getInt("open"), row.getInt("recent")));
            }
            if (wanted.turnover()) {
                turnover.computeIfAbsent(balance.facility(), facility -> new HashMap<>())
                        .put(
                                balance.sku(),
                                new StockTurnover(
                                        balance.onHand(),
                                        row.getDouble("sold_a_week"),
                                        Columns.optionalInstant(row, "oldest_since")));
            }
            Columns.optionalText(row, "brand").ifPresent(brand -> brands.put(balance.sku(), brand));
            shipBy = Columns.optionalInstant(row, "ship_by");
            return balance;
        }

        RoutingPicture picture() {
            return new RoutingPicture(balances, work, turnover, brands, shipBy);
        }
    }
}
