package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The rows of {@code reservation}. All changes of an order's reservations are made under the lock of the order's row. */
final class Reservations {
    private static final String SELECT = "select id, line_id, sku, facility, quantity from reservation where ";

    private Reservations() {}

    /** How far a reservation has come. HELD and CONFIRMED ones are open: they count as reserved. */
    enum State {
        HELD,
        ROUTED,
        CONFIRMED,
        CONSUMED,
        RELEASED
    }

    /** One row. */
    record Reserved(long id, String lineId, Place place, int quantity) {
        LineQuantity asLine() {
            return new LineQuantity(lineId, place.sku(), quantity);
        }
    }

    static void lockOrder(Handle handle, OrderId order) {
        if (handle.createQuery("select true from customer_order where id = :order for no key update")
                .bind("order", order.value())
                .mapTo(Boolean.class)
                .findOne()
                .isEmpty()) {
            throw new IllegalArgumentException("order " + order + " is not stored");
        }
    }

    /** Units per line that are reserved or have left already. */
    static Map<String, Integer> coveredByLine(Handle handle, OrderId order) {
        return handle.createQuery("""
                        select line_id, sum(quantity) as quantity from reservation
                        where order_id = :order and state in ('HELD', 'CONFIRMED', 'CONSUMED') group by line_id
                        """)
                .bind("order", order.value())
                .map((row, context) -> Map.entry(row.getString("line_id"), row.getInt("quantity")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static List<Reserved> unrouted(Handle handle, OrderId order) {
        return list(handle.createQuery(SELECT + "order_id = :order and state = 'HELD' order by id")
                .bind("order", order.value()));
    }

    static List<Reserved> open(Handle handle, OrderId order) {
        return list(handle.createQuery(SELECT + "order_id = :order and state in ('HELD', 'CONFIRMED') order by id")
                .bind("order", order.value()));
    }

    static List<Reserved> confirmed(Handle handle, FulfillmentOrderId work) {
        return list(handle.createQuery(SELECT
                        + "order_id = :order and fulfillment_order_id = :work and state = 'CONFIRMED' order by id")
                .bind("order", work.order().value())
                .bind("work", work.value()));
    }

    static void become(Handle handle, Collection<Reserved> rows, State state) {
        handle.createUpdate("update reservation set state = :state where id = any(:ids)")
                .bind("state", state)
                .bindArray("ids", Long.class, rows.stream().map(Reserved::id).toList())
                .execute();
    }

    /** Demand without a facility. */
    static void hold(Handle handle, OrderId order, Collection<LineQuantity> parts) {
        if (parts.isEmpty()) {
            return;
        }
        PreparedBatch batch = insertion(handle);
        parts.forEach(part -> add(batch, order, part, FacilityId.UNROUTED, State.HELD, Optional.empty()));
        batch.execute();
    }

    static void confirm(Handle handle, FulfillmentOrder work) {
        PreparedBatch batch = insertion(handle);
        work.lines()
                .forEach(part ->
                        add(batch, work.id().order(), part, work.facility(), State.CONFIRMED, Optional.of(work.id())));
        batch.execute();
    }

    static Map<Place, Integer> sums(Collection<Reserved> rows) {
        return rows.stream().collect(Collectors.groupingBy(Reserved::place, Collectors.summingInt(Reserved::quantity)));
    }

    private static PreparedBatch insertion(Handle handle) {
        return handle.prepareBatch("""
                        insert into reservation
                            (order_id, line_id, sku, facility, quantity, state, fulfillment_order_id)
                        values (:order, :line, :sku, :facility, :quantity, :state, :work)
                        """);
    }

    private static void add(
            PreparedBatch batch,
            OrderId order,
            LineQuantity part,
            FacilityId facility,
            State state,
            Optional<FulfillmentOrderId> work) {
        batch.bind("order", order.value())
                .bind("line", part.lineId())
                .bind("sku", part.sku().value())
                .bind("facility", facility.value())
                .bind("quantity", part.quantity())
                .bind("state", state)
                .bind("work", work.map(FulfillmentOrderId::value).orElse(null))
                .add();
    }

    private static List<Reserved> list(Query query) {
        return query.map((row, context) -> new Reserved(
                        row.getLong("id"),
                        row.getString("line_id"),
                        new Place(Sku.of(row.getString("sku")), new FacilityId(row.getString("facility"))),
                        row.getInt("quantity")))
                .list();
    }
}
