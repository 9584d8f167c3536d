package io.throughline.store.inventory;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.inventory.Commitments.LinePart;
import io.throughline.store.inventory.Reservations.Reserved;
import io.throughline.store.inventory.Reservations.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Takes units off what is reserved, or passes them on. */
final class ReservedUnits {
    private ReservedUnits() {}

    /** So many units of it are reserved no more. */
    static void takeOff(Handle handle, Reserved row, int units) {
        giveBack(handle, row, units);
    }

    /**
     * What work has reserved for units of its lines. A bundle is made otherwise today, perhaps; what was reserved for it is what it was made of
     * when the work was given out.
     */
    static List<LineQuantity> partsOf(
            Handle handle, FulfillmentOrder work, Collection<LineQuantity> units, Bundles today) {
        Map<String, Map<Sku, Integer>> reserved = Reservations.confirmed(handle, work.id()).stream()
                .collect(Collectors.groupingBy(
                        Reserved::lineId,
                        Collectors.groupingBy(
                                row -> row.place().sku(), TreeMap::new, Collectors.summingInt(Reserved::quantity))));
        return units.stream()
                .flatMap(line -> {
                    Map<Sku, Integer> parts = reserved.get(line.lineId());
                    return parts == null
                            ? line.goods(today).stream()
                            : share(parts, line, quantity(work, line.lineId())).stream();
                })
                .toList();
    }

    private static int quantity(FulfillmentOrder work, String lineId) {
        return work.lines().stream()
                .filter(line -> line.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    /** Of the last units everything that is there. */
    private static List<LineQuantity> share(Map<Sku, Integer> parts, LineQuantity line, int of) {
        List<LineQuantity> share = new ArrayList<>();
        parts.forEach((sku, units) -> {
            int some = line.quantity() >= of ? units : (int) ((long) units * line.quantity() / of);
            if (some > 0) {
                share.add(new LineQuantity(line.lineId(), sku, some));
            }
        });
        return share;
    }

    /** Takes units from what work has reserved; gives what it had of them. */
    static List<LineQuantity> giveBack(Handle handle, FulfillmentOrderId work, Collection<LineQuantity> parts) {
        Map<LinePart, Integer> wanted = new HashMap<>();
        parts.forEach(part -> wanted.merge(LinePart.of(part), part.quantity(), Integer::sum));
        return giveBack(handle, Reservations.confirmed(handle, work), wanted);
    }

    /** Units of what work has reserved become other work's, at the same place; what has no stock behind it stays with the first. */
    static void passOn(Handle handle, FulfillmentOrderId work, FulfillmentOrderId to, Collection<LineQuantity> parts) {
        Map<LinePart, Integer> rest = new HashMap<>();
        parts.forEach(part -> rest.merge(LinePart.of(part), part.quantity(), Integer::sum));
        for (Reserved row : Reservations.confirmed(handle, work)) {
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
        return giveBack(handle, Reservations.unrouted(handle, order).reversed(), surplus);
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
            Reservations.become(handle, List.of(row), State.RELEASED);
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
            Reservations.become(handle, List.of(row), State.RELEASED);
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
}
