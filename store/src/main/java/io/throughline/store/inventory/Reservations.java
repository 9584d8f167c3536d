package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.inventory.UnroutedDemand;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.inventory.Commitments.LinePart;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

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

    /** What waits, what has no stock behind it any more, and what has no facility. */
    static OrderStock troubled(Handle handle, OrderId order) {
        List<Troubled> rows = handle.createQuery("""
            select line_id, sku, facility, quantity, state, displaced, promised_at, fulfillment_order_id, among
            from reservation
            where order_id = :order
                and (state in ('BACKORDERED', 'HELD') or (state = 'CONFIRMED' and displaced > 0))
            order by id
            """)
                .bind("order", order.value())
                .map((row, context) -> Troubled.of(row))
                .list();
        return new OrderStock(
                rows.stream().flatMap(row -> row.waiting().stream()).toList(),
                rows.stream().flatMap(row -> row.displaced().stream()).toList(),
                rows.stream().flatMap(row -> row.unrouted().stream()).collect(Collectors.toSet()),
                rows.stream().flatMap(row -> row.unplaced().stream()).toList(),
                rows.stream().anyMatch(row -> row.waiting().isPresent())
                        ? OrderPromises.find(handle, order)
                        : Optional.empty());
    }

    /** What one row tells. */
    private record Troubled(
            Optional<Commitment.Waiting> waiting,
            Optional<Booking.Displaced> displaced,
            Optional<String> unrouted,
            Optional<LineQuantity> unplaced) {
        static Troubled of(ResultSet row) throws SQLException {
            Sku sku = Sku.of(row.getString("sku"));
            String lineId = row.getString("line_id");
            int units = row.getInt("quantity");
            return switch (State.valueOf(row.getString("state"))) {
                case BACKORDERED ->
                    new Troubled(
                            Optional.of(new Commitment.Waiting(
                                    lineId,
                                    sku,
                                    units,
                                    Columns.optionalInstant(row, "promised_at").orElse(Instant.MAX))),
                            Optional.empty(),
                            Optional.of(lineId),
                            Optional.empty());
                case CONFIRMED ->
                    new Troubled(
                            Optional.empty(),
                            Optional.of(new Booking.Displaced(
                                    new FulfillmentOrderId(row.getString("fulfillment_order_id")),
                                    lineId,
                                    new FacilityId(row.getString("facility")),
                                    sku,
                                    row.getInt("displaced"))),
                            Optional.empty(),
                            Optional.empty());
                default ->
                    new Troubled(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(lineId),
                            // From where what a facility has given back may be served is not known.
                            among(row).isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(new LineQuantity(lineId, sku, units)));
            };
        }
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

    /** So many units of it are reserved no more. */
    static void takeOff(Handle handle, Reserved row, int units) {
        giveBack(handle, row, units);
    }

    static void become(Handle handle, Collection<Reserved> rows, State state) {
        handle.createUpdate("update reservation set state = :state, displaced = 0 where id = any(:ids)")
                .bind("state", state)
                .bindArray("ids", Long.class, rows.stream().map(Reserved::id).toList())
                .execute();
    }

    /** Takes units from what work has reserved; gives what it had of them. */
    static List<LineQuantity> giveBack(Handle handle, FulfillmentOrderId work, Collection<LineQuantity> parts) {
        Map<LinePart, Integer> wanted = new HashMap<>();
        parts.forEach(part -> wanted.merge(LinePart.of(part), part.quantity(), Integer::sum));
        return giveBack(handle, confirmed(handle, work), wanted);
    }

    /** Units of what work has reserved become other work's, at the same place; what has no stock behind it stays with the first. */
    static void passOn(Handle handle, FulfillmentOrderId work, FulfillmentOrderId to, Collection<LineQuantity> parts) {
        Map<LinePart, Integer> rest = new HashMap<>();
        parts.forEach(part -> rest.merge(LinePart.of(part), part.quantity(), Integer::sum));
        for (Reserved row : confirmed(handle, work)) {
            int units = Math.min(rest.getOrDefault(row.part(), 0), row.quantity());
            if (units > 0) {
                rest.merge(row.part(), -units, Integer::sum);
                passOn(handle, row, to, units);
            }
        }
    }

    private static void passOn(Handle handle, Reserved row, FulfillmentOrderId to, int units) {
        if (units == row.quantity()) {
            handle.createUpdate("update reservation set fulfillment_order_id = :to where id = :id")
                    .bind("to", to.value())
                    .bind("id", row.id())
                    .execute();
            return;
        }
        handle.createUpdate("""
            with left_behind as (
                update reservation set quantity = quantity - :units, displaced = least(displaced, quantity - :units)
                where id = :id returning displaced)
            insert into reservation
                (order_id, line_id, sku, facility, quantity, state, fulfillment_order_id, displaced)
            select r.order_id, r.line_id, r.sku, r.facility, :units, r.state, :to, r.displaced - left_behind.displaced
            from reservation r, left_behind where r.id = :id
            """)
                .bind("units", units)
                .bind("to", to.value())
                .bind("id", row.id())
                .execute();
    }

    /** Takes units from what an order has reserved at no facility, the latest first; gives what it had of them. */
    static List<LineQuantity> reduce(Handle handle, OrderId order, Map<LinePart, Integer> surplus) {
        return giveBack(handle, unrouted(handle, order).reversed(), surplus);
    }

    private static List<LineQuantity> giveBack(Handle handle, List<Reserved> rows, Map<LinePart, Integer> wanted) {
        Map<LinePart, Integer> rest = new HashMap<>(wanted);
        List<LineQuantity> given = new ArrayList<>();
        for (Reserved row : rows) {
            int units = Math.min(rest.getOrDefault(row.part(), 0), row.quantity());
            if (units > 0) {
                rest.merge(row.part(), -units, Integer::sum);
                given.add(new LineQuantity(row.lineId(), row.place().sku(), units));
                giveBack(handle, row, units);
            }
        }
        return given;
    }

    /** What has no stock behind it goes first. */
    private static void giveBack(Handle handle, Reserved row, int units) {
        if (units == row.quantity()) {
            become(handle, List.of(row), State.RELEASED);
            return;
        }
        handle.createUpdate("""
            update reservation set quantity = quantity - :units, displaced = greatest(0, displaced - :units)
            where id = :id
            """).bind("units", units).bind("id", row.id()).execute();
    }

    /** Makes a row that of these lines of a holder, and gives up what they leave of it. The first keeps the row's place among those that wait. */
    static void assign(Handle handle, Reserved row, Holder to, List<LineQuantity> lines) {
        if (lines.isEmpty()) {
            become(handle, List.of(row), State.RELEASED);
            return;
        }
        LineQuantity first = lines.getFirst();
        handle.createUpdate("""
            update reservation set order_id = :order, basket_id = :basket, line_id = :line, quantity = :units
            where id = :id
            """)
                .bind("order", to.order())
                .bind("basket", to.basket())
                .bind("line", first.lineId())
                .bind("units", first.quantity())
                .bind("id", row.id())
                .execute();
        for (LineQuantity other : lines.subList(1, lines.size())) {
            handle.createUpdate("""
                insert into reservation
                    (order_id, basket_id, line_id, sku, facility, quantity, state, among, promised_at)
                select order_id, basket_id, :line, sku, facility, :units, state, among, promised_at
                from reservation where id = :id
                """)
                    .bind("line", other.lineId())
                    .bind("units", other.quantity())
                    .bind("id", row.id())
                    .execute();
        }
    }

    /** Demand without a facility, by component and from where it may be served. */
    static Map<Sku, List<FreeStock.Demand>> demand(Handle handle, Collection<Sku> skus) {
        return handle.createQuery("""
            select sku, among, sum(quantity) as units from reservation
            where sku = any(cast(:skus as text[])) and facility = 'UNROUTED' and state = 'HELD'
            group by sku, among
            """)
                .bindArray("skus", String.class, skus.stream().map(Sku::value).toList())
                .map((row, context) -> Map.entry(Sku.of(row.getString("sku")), demandIn(row)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /**
     * The same as an account's system has to be told of it. That has committed what its own orders sold by itself, so of these there is
     * only what concerns {@code parts} of bundles, with the SKU that was sold.
     */
    static List<Claims.Claim> claims(Handle handle, Collection<Sku> skus, Collection<Sku> parts, AccountId account) {
        return handle.createQuery("""
            select sku, among, sold, sum(quantity) as units
            from (
                select r.sku, r.among, r.quantity, case when o.account = :account then coalesce((
                        select line ->> 'sku' from order_version v, jsonb_array_elements(v.body -> 'lines') line
                        where v.order_id = o.id and v.number = o.version_number and line ->> 'id' = r.line_id
                        limit 1), r.sku) end as sold
                from reservation r left join customer_order o on o.id = r.order_id
                where r.sku = any(cast(:skus as text[])) and r.facility = 'UNROUTED' and r.state = 'HELD'
                    and (o.account is distinct from :account or r.sku = any(cast(:parts as text[])))) claim
            group by sku, among, sold order by sku, among, sold
            """)
                .bindArray("skus", String.class, skus.stream().map(Sku::value).toList())
                .bindArray("parts", String.class, parts.stream().map(Sku::value).toList())
                .bind("account", account.value())
                .map((row, context) -> new Claims.Claim(
                        Sku.of(row.getString("sku")),
                        Optional.ofNullable(row.getString("sold")).map(Sku::of),
                        demandIn(row)))
                .list();
    }

    /** The same of one order and of all others, by component. */
    static Map<Sku, UnroutedDemand> demandAround(Handle handle, Collection<Sku> skus, OrderId order) {
        List<DemandRow> rows = handle.createQuery("""
            select sku, among, coalesce(order_id = :order, false) as own, sum(quantity) as units
            from reservation
            where sku = any(cast(:skus as text[])) and facility = 'UNROUTED' and state = 'HELD'
            group by sku, among, own
            """)
                .bindArray("skus", String.class, skus.stream().map(Sku::value).toList())
                .bind("order", order.value())
                .map((row, context) ->
                        new DemandRow(Sku.of(row.getString("sku")), row.getBoolean("own"), demandIn(row)))
                .list();
        return skus.stream()
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(),
                        sku -> new UnroutedDemand(demandOf(rows, sku, true), demandOf(rows, sku, false))));
    }

    private record DemandRow(Sku sku, boolean own, FreeStock.Demand demand) {}

    private static List<FreeStock.Demand> demandOf(List<DemandRow> rows, Sku sku, boolean own) {
        return rows.stream()
                .filter(row -> row.sku().equals(sku) && row.own() == own)
                .map(DemandRow::demand)
                .toList();
    }

    private static FreeStock.Demand demandIn(ResultSet row) throws SQLException {
        return new FreeStock.Demand(among(row), row.getLong("units"));
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

    /** Demand without a facility; {@code among} is from where it may be served, none where that is not known. */
    static void hold(Handle handle, Holder holder, Collection<LineQuantity> parts, Set<FacilityId> among) {
        if (parts.isEmpty()) {
            return;
        }
        // One statement, for a batch of one row is planned anew by PostgreSQL each time.
        Update insert = handle.createUpdate("""
            insert into reservation (order_id, basket_id, line_id, sku, facility, quantity, state, among)
            select :order, :basket, line_id, sku, 'UNROUTED', quantity, 'HELD', cast(:among as text[])
            from unnest(cast(:lines as text[]), cast(:skus as text[]), cast(:quantities as integer[]))
                with ordinality as part (line_id, sku, quantity, place)
            order by place
            """)
                .bind("order", holder.order())
                .bind("basket", holder.basket())
                .bindArray(
                        "lines",
                        String.class,
                        parts.stream().map(LineQuantity::lineId).toList())
                .bindArray(
                        "skus",
                        String.class,
                        parts.stream().map(part -> part.sku().value()).toList())
                .bindArray(
                        "quantities",
                        Integer.class,
                        parts.stream().map(LineQuantity::quantity).toList());
        if (among.isEmpty()) {
            insert.bindNull("among", Types.ARRAY);
        } else {
            insert.bindArray(
                    "among",
                    String.class,
                    among.stream().map(FacilityId::value).sorted().toList());
        }
        insert.execute();
    }

    /** {@code components} are what the work takes of each component from a facility, its own or who sends it there. */
    static void confirm(Handle handle, FulfillmentOrder work, FacilityId from, Collection<LineQuantity> components) {
        PreparedBatch batch = insertion(handle);
        Holder holder = Holder.of(work.id().order());
        components.forEach(part -> bind(batch, holder, part, from, State.CONFIRMED)
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
                .filter(row -> row.state() != State.BACKORDERED && row.state() != State.IN_TRANSIT)
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
                        State.valueOf(row.getString("state")),
                        among(row)))
                .list();
    }
}
