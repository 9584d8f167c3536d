package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.inventory.Commitments.LinePart;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The rows of {@code reservation}. All changes of an order's reservations are made under the lock of the order's row. */
final class Reservations {
    private static final String SELECT =
            "select id, line_id, sku, facility, quantity, state, among from reservation where ";

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
        BACKORDERED,
        /** Goods of an order on their way to its facility: on no shelf, so no part of what is reserved there. */
        IN_TRANSIT
    }

    /** One row. */
    record Reserved(long id, String lineId, Place place, int quantity, State state, Set<FacilityId> among) {
        Reserved {
            among = Set.copyOf(among);
        }

        /** Whether it can only be served from these facilities. */
        boolean liesWithin(Set<FacilityId> facilities) {
            return !among.isEmpty() && facilities.containsAll(among);
        }

        /** From where it may be served is not known of what a facility has given back. */
        boolean wasGivenBack() {
            return among.isEmpty();
        }

        /** So many units of it. */
        Reserved of(int units) {
            return new Reserved(id, lineId, place, units, state, among);
        }

        LineQuantity asLine() {
            return new LineQuantity(lineId, place.sku(), quantity);
        }

        LinePart part() {
            return new LinePart(lineId, place.sku());
        }
    }

    /** As {@link OrderLock#lock}; tells whether a basket was claimed for the order. */
    static boolean lockOrderOfBasket(Handle handle, OrderId order) {
        return handle.createQuery("""
            select exists (select from basket where claimed_by = o.id and state = 'HELD')
            from customer_order o where o.id = :order for no key update of o
            """)
                .bind("order", order.value())
                .mapTo(Boolean.class)
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException("order " + order + " is not stored"));
    }

    /** Units per line and component that are reserved, wait or have left already, and whether any of them wait. */
    record Coverage(Map<LinePart, Integer> units, boolean waits) {
        Coverage {
            units = Map.copyOf(units);
        }
    }

    private record Covered(LinePart part, int units, boolean waits) {}

    static Coverage coverage(Handle handle, Holder holder) {
        List<Covered> parts = handle.createQuery("""
            select line_id, sku, sum(quantity) as quantity, bool_or(state = 'BACKORDERED') as waits
            from reservation
            where %s = :holder and state in ('HELD', 'CONFIRMED', 'CONSUMED', 'BACKORDERED', 'IN_TRANSIT')
            group by line_id, sku
            """.formatted(holder.column()))
                .bind("holder", holder.id())
                .map((row, context) -> new Covered(
                        new LinePart(row.getString("line_id"), Sku.of(row.getString("sku"))),
                        row.getInt("quantity"),
                        row.getBoolean("waits")))
                .list();
        return new Coverage(
                parts.stream().collect(Collectors.toMap(Covered::part, Covered::units)),
                parts.stream().anyMatch(Covered::waits));
    }

    static List<Reserved> unrouted(Handle handle, OrderId order) {
        return list(handle.createQuery(SELECT + "order_id = :order and state = 'HELD' order by id")
                .bind("order", order.value()));
    }

    static List<LineQuantity> lines(List<Reserved> rows) {
        return rows.stream().map(Reserved::asLine).toList();
    }

    /** Everything that the holder still has reserved or waits for. */
    static List<Reserved> open(Handle handle, Holder holder) {
        return list(handle.createQuery(SELECT + holder.column()
                        + " = :holder and state in ('HELD', 'CONFIRMED', 'BACKORDERED', 'IN_TRANSIT') order by id")
                .bind("holder", holder.id()));
    }

    /** What is open, also on its way, and what has left. */
    static List<Reserved> had(Handle handle, OrderId order) {
        return list(handle.createQuery(
                        SELECT
                                + "order_id = :order and state in ('HELD', 'CONFIRMED', 'BACKORDERED', 'CONSUMED', 'IN_TRANSIT') order by id")
                .bind("order", order.value()));
    }

    static List<Reserved> confirmed(Handle handle, FulfillmentOrderId work) {
        return ofWork(handle, work, State.CONFIRMED);
    }

    /** What is on its way to the facility of this work. */
    static List<Reserved> inTransit(Handle handle, FulfillmentOrderId work) {
        return ofWork(handle, work, State.IN_TRANSIT);
    }

    private static List<Reserved> ofWork(Handle handle, FulfillmentOrderId work, State state) {
        return list(handle.createQuery(
                        SELECT + "order_id = :order and fulfillment_order_id = :work and state = :state order by id")
                .bind("order", work.order().value())
                .bind("work", work.value())
                .bind("state", state));
    }

    /** Goods of an order come to another place, or begin to. */
    static void moveOn(Handle handle, Collection<Reserved> rows, State state, FacilityId to) {
        handle.createUpdate("""
                update reservation set state = :state, facility = :to, displaced = 0 where id = any(:ids)
                """)
                .bind("state", state)
                .bind("to", to.value())
                .bindArray("ids", Long.class, rows.stream().map(Reserved::id).toList())
                .execute();
    }

    static void become(Handle handle, Collection<Reserved> rows, State state) {
        handle.createUpdate("update reservation set state = :state, displaced = 0 where id = any(:ids)")
                .bind("state", state)
                .bindArray("ids", Long.class, rows.stream().map(Reserved::id).toList())
                .execute();
    }

    /** None: it is not known. */
    static Set<FacilityId> among(ResultSet row) throws SQLException {
        Array among = row.getArray("among");
        return among == null
                ? Set.of()
                : Arrays.stream((String[]) among.getArray())
                        .map(FacilityId::new)
                        .collect(Collectors.toSet());
    }

    /** What counts as reserved, by place. */
    static Map<Place, Integer> sums(Collection<Reserved> rows) {
        return rows.stream()
                .filter(row -> row.state() != State.BACKORDERED && row.state() != State.IN_TRANSIT)
                .collect(Collectors.groupingBy(Reserved::place, Collectors.summingInt(Reserved::quantity)));
    }

    static Map<Place, Integer> negated(Map<Place, Integer> sums) {
        Map<Place, Integer> negated = new HashMap<>();
        sums.forEach((place, quantity) -> negated.put(place, -quantity));
        return negated;
    }

    private static List<Reserved> list(Query query) {
        return query.map((row, context) -> new Reserved(
                        row.getLong("id"),
                        row.getString("line_id"),
                        new Place(Sku.of(row.getString("sku")), new FacilityId(row.getString("facility"))),
                        row.getInt("quantity"),
                        State.valueOf(row.getString("state")),
                        among(row)))
                .list();
    }
}
