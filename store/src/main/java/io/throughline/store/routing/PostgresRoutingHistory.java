package io.throughline.store.routing;

import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import io.throughline.domain.routing.StockTurnover;
import io.throughline.domain.routing.trial.RecordedOrder;
import io.throughline.domain.routing.trial.RoutingHistory;
import io.throughline.domain.routing.trial.StockRecord;
import io.throughline.domain.routing.trial.Window;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Orders by the time when they were heard of, and the ledger by the time when it learned of each movement. Read page by page and SKU by SKU,
 * each in a statement of its own: nothing is held while a trial thinks.
 */
public final class PostgresRoutingHistory implements RoutingHistory {
    private static final int PAGE = 500;

    private final Transactions transactions;
    private final SafetyStocks safetyStocks;

    public PostgresRoutingHistory(Transactions transactions, SafetyStocks safetyStocks) {
        this.transactions = transactions;
        this.safetyStocks = safetyStocks;
    }

    private record Row(String id, Instant receivedAt, Order order, Optional<Instant> shipBy) {}

    @Override
    public boolean forEachOrder(Window window, int most, Consumer<RecordedOrder> reader) {
        Optional<Row> last = Optional.empty();
        int read = 0;
        while (true) {
            List<Row> page = page(window, last);
            for (Row row : page) {
                if (wantsRouting(row.order())) {
                    if (read == most) {
                        return false;
                    }
                    reader.accept(new RecordedOrder(row.order(), row.receivedAt(), row.shipBy()));
                    read++;
                }
            }
            if (page.size() < PAGE) {
                return true;
            }
            last = Optional.of(page.getLast());
        }
    }

    /** As the order was when its work was first given out; as it is, where none was. */
    private List<Row> page(Window window, Optional<Row> last) {
        return transactions.with(handle -> handle.createQuery("""
                        select o.id, o.received_at, v.body, m.ship_by
                        from customer_order o
                        left join marketplace_order m on m.order_id = o.id
                        cross join lateral (
                            select min(allocated_at) as at from fulfillment_order where order_id = o.id) given
                        cross join lateral (
                            select body from order_version where order_id = o.id
                            order by stored_at <= coalesce(given.at, 'infinity') desc, number desc
                            limit 1) v
                        where o.received_at >= :from and o.received_at < :until and (o.received_at > :from or o.id < :id)
                        order by o.received_at, o.id desc
                        limit :page
                        """)
                .bind("from", Columns.at(last.map(Row::receivedAt).orElse(window.from())))
                .bind("id", last.map(Row::id).orElse("~"))
                .bind("until", Columns.at(window.until()))
                .bind("page", PAGE)
                .map((row, context) -> new Row(
                        row.getString("id"),
                        Columns.instant(row, "received_at"),
                        CanonicalJson.read(row.getString("body"), Order.class),
                        Columns.optionalInstant(row, "ship_by")))
                .list());
    }

    private static boolean wantsRouting(Order order) {
        return order.cancelledAt().isEmpty()
                && order.deliveries().stream()
                        .map(Delivery::method)
                        .anyMatch(method -> method != DeliveryMethod.NONE && method != DeliveryMethod.CARRIED_OUT);
    }

    private record Moved(Instant at, FacilityId facility, int units) {}

    /**
     * What orders from before the window still took of it is not there from the beginning on; what those of the window took is left out; what is
     * handed out at a till, and all else, changes it when the ledger learned of it.
     */
    @Override
    public StockRecord stock(Sku sku, Window window) {
        List<Moved> moved = transactions.with(handle -> handle.createQuery("""
                        select facility, at, sum(units) as units
                        from (
                            select m.facility, case when o.id is null then greatest(m.recorded_at, :from) else :from end as at,
                                case m.measure when 'ON_HAND' then m.quantity else -m.quantity end as units
                            from stock_movement m
                            left join fulfillment_order f on m.source = 'throughline' and m.kind = 'SALE'
                                and f.id = split_part(m.source_id, '/', 1) and f.method <> 'CARRIED_OUT'
                            left join customer_order o on o.id = f.order_id
                            where m.sku = :sku and m.measure <> 'IN_TRANSIT'
                                and (o.received_at < :from or (o.id is null and m.recorded_at < :until))
                            union all
                            select r.facility, :from, -r.quantity
                            from reservation r join customer_order o on o.id = r.order_id
                            where r.sku = :sku and r.state = 'CONFIRMED' and o.received_at < :from
                        ) moved
                        group by at, facility
                        order by at, facility
                        """)
                .bind("sku", sku.value())
                .bind("from", Columns.at(window.from()))
                .bind("until", Columns.at(window.until()))
                .map((row, context) -> new Moved(
                        Columns.instant(row, "at"), new FacilityId(row.getString("facility")), row.getInt("units")))
                .list());
        Map<FacilityId, Integer> atFirst = new HashMap<>();
        List<StockRecord.Change> changes = new ArrayList<>();
        for (Moved one : moved) {
            if (one.at().isAfter(window.from())) {
                changes.add(new StockRecord.Change(one.at(), one.facility(), one.units()));
            } else {
                atFirst.merge(one.facility(), one.units(), Integer::sum);
            }
            atFirst.putIfAbsent(one.facility(), 0);
        }
        atFirst.replaceAll((facility, units) -> units - safetyStocks.of(facility, sku));
        return new StockRecord(atFirst, changes);
    }

    @Override
    public Map<FacilityId, StockTurnover> turnover(Sku sku, Instant at) {
        return transactions.with(handle -> TurnoverRows.at(handle, sku, at));
    }

    @Override
    public Optional<String> brand(Sku sku) {
        return transactions.with(handle -> handle.createQuery("""
                        select value from product_attribute
                        where sku = :sku and attribute = :brand and value is not null
                        """)
                .bind("sku", sku.value())
                .bind("brand", Attribute.BRAND)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public Map<FacilityId, Duration> handling(Window window) {
        Map<FacilityId, Duration> handling = new HashMap<>();
        transactions
                .with(handle -> handle.createQuery("""
                        select facility, avg(extract(epoch from handed_over_at - allocated_at)) as seconds
                        from fulfillment_order
                        where allocated_at >= :from and allocated_at < :until and handed_over_at > allocated_at
                        group by facility
                        """)
                        .bind("from", Columns.at(window.from()))
                        .bind("until", Columns.at(window.until()))
                        .map((row, context) -> Map.entry(
                                new FacilityId(row.getString("facility")), Duration.ofSeconds(row.getLong("seconds"))))
                        .list())
                .forEach(one -> handling.put(one.getKey(), one.getValue()));
        return handling;
    }
}
