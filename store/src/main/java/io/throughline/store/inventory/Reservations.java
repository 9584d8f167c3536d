package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.Columns;
import io.throughline.store.inventory.Commitments.LinePart;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The rows of {@code reservation}. All changes of an order's reservations are made under the lock of the order's row. */
final class Reservations {
    private static final String SELECT = "select id, line_id, sku, facility, quantity, state from reservation where ";

    private Reservations() {}

    /** How far a reservation has come. HELD and CONFIRMED ones are open: they count as reserved. */
    enum State {
        HELD,
        ROUTED,
        CONFIRMED,
        CONSUMED,
        RELEASED,
        EXPIRED,
        /** Waits for supply; no part of what is reserved. */
        BACKORDERED
    }

    /** One row. */
    record Reserved(long id, String lineId, Place place, int quantity, State state) {
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

    /** Units per line and component that are reserved, wait or have left already. */
    static Map<LinePart, Integer> covered(Handle handle, Holder holder) {
        return handle.createQuery("""
                        select line_id, sku, sum(quantity) as quantity from reservation
                        where %s = :holder and state in ('HELD', 'CONFIRMED', 'CONSUMED', 'BACKORDERED')
                        group by line_id, sku
                        """.formatted(holder.column()))
                .bind("holder", holder.id())
                .map((row, context) -> Map.entry(
                        new LinePart(row.getString("line_id"), Sku.of(row.getString("sku"))), row.getInt("quantity")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static List<Reserved> unrouted(Handle handle, OrderId order) {
        return list(handle.createQuery(SELECT + "order_id = :order and state = 'HELD' order by id")
                .bind("order", order.value()));
    }

    /** Everything that the holder still has reserved or waits for. */
    static List<Reserved> open(Handle handle, Holder holder) {
        return list(handle.createQuery(SELECT + holder.column()
                        + " = :holder and state in ('HELD', 'CONFIRMED', 'BACKORDERED') order by id")
                .bind("holder", holder.id()));
    }

    static List<Reserved> confirmed(Handle handle, FulfillmentOrderId work) {
        return list(handle.createQuery(SELECT
                        + "order_id = :order and fulfillment_order_id = :work and state = 'CONFIRMED' order by id")
                .bind("order", work.order().value())
                .bind("work", work.value()));
    }

    static void become(Handle handle, Collection<Reserved> rows, State state) {
        handle.createUpdate("update reservation set state = :state, displaced = 0 where id = any(:ids)")
                .bind("state", state)
                .bindArray("ids", Long.class, rows.stream().map(Reserved::id).toList())
                .execute();
    }

    /** Makes everything that a basket still keeps the order's. */
    static void handOver(Handle handle, String basket, OrderId order) {
        handle.createUpdate("""
                        update reservation set basket_id = null, order_id = :order
                        where basket_id = :basket and state in ('HELD', 'BACKORDERED')
                        """)
                .bind("order", order.value())
                .bind("basket", basket)
                .execute();
    }

    /** Demand without a facility. */
    static void hold(Handle handle, Holder holder, Collection<LineQuantity> parts) {
        if (parts.isEmpty()) {
            return;
        }
        PreparedBatch batch = insertion(handle);
        parts.forEach(part -> bind(batch, holder, part, FacilityId.UNROUTED, State.HELD)
                .bind("work", (String) null)
                .add());
        batch.execute();
    }

    /** {@code components} are what the work needs of each component. */
    static void confirm(Handle handle, FulfillmentOrder work, Collection<LineQuantity> components) {
        PreparedBatch batch = insertion(handle);
        Holder holder = Holder.of(work.id().order());
        components.forEach(part -> bind(batch, holder, part, work.facility(), State.CONFIRMED)
                .bind("work", work.id().value())
                .add());
        batch.execute();
    }

    static void backorder(
            Handle handle, Holder holder, Collection<Commitment.Waiting> waiting, Collection<FacilityId> among) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into reservation (order_id, basket_id, line_id, sku, facility, quantity, state, among, promised_at)
                values (:order, :basket, :line, :sku, :facility, :quantity, :state, :among, :promisedAt)
                """);
        List<String> facilities = among.stream().map(FacilityId::value).sorted().toList();
        waiting.forEach(part -> bind(
                        batch,
                        holder,
                        new LineQuantity(part.lineId(), part.sku(), part.units()),
                        FacilityId.UNROUTED,
                        State.BACKORDERED)
                .bindArray("among", String.class, facilities)
                .bind("promisedAt", Columns.at(part.promisedAt()))
                .add());
        batch.execute();
    }

    /** What counts as reserved, by place. */
    static Map<Place, Integer> sums(Collection<Reserved> rows) {
        return rows.stream()
                .filter(row -> row.state() != State.BACKORDERED)
                .collect(Collectors.groupingBy(Reserved::place, Collectors.summingInt(Reserved::quantity)));
    }

    static Map<Place, Integer> negated(Map<Place, Integer> sums) {
        Map<Place, Integer> negated = new HashMap<>();
        sums.forEach((place, quantity) -> negated.put(place, -quantity));
        return negated;
    }

    private static PreparedBatch insertion(Handle handle) {
        return handle.prepareBatch("""
                        insert into reservation
                            (order_id, basket_id, line_id, sku, facility, quantity, state, fulfillment_order_id)
                        values (:order, :basket, :line, :sku, :facility, :quantity, :state, :work)
                        """);
    }

    private static PreparedBatch bind(
            PreparedBatch batch, Holder holder, LineQuantity part, FacilityId facility, State state) {
        return batch.bind("order", holder.order())
                .bind("basket", holder.basket())
                .bind("line", part.lineId())
                .bind("sku", part.sku().value())
                .bind("facility", facility.value())
                .bind("quantity", part.quantity())
                .bind("state", state);
    }

    private static List<Reserved> list(Query query) {
        return query.map((row, context) -> new Reserved(
                        row.getLong("id"),
                        row.getString("line_id"),
                        new Place(Sku.of(row.getString("sku")), new FacilityId(row.getString("facility"))),
                        row.getInt("quantity"),
                        State.valueOf(row.getString("state"))))
                .list();
    }
}
