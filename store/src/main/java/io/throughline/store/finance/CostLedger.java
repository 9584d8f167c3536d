package io.throughline.store.finance;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Keeps what the goods of orders cost, in the transaction that moves them, under the locks of their balances. Of what other systems move it knows
 * nothing: a till's sales are the costs of its store.
 */
public final class CostLedger {
    private static final Pattern LEFT = Pattern.compile("(O-[0-9A-Z]{10}-F[1-9][0-9]{0,3})/(.+)");
    private static final Pattern WENT_BACK = Pattern.compile("(O-[0-9A-Z]{10}-R[1-9][0-9]{0,3})/([0-9]{1,18})/BACK/.+");
    private static final Pattern CAME_BACK = Pattern.compile("(O-[0-9A-Z]{10}-R[1-9][0-9]{0,3})/([0-9]{1,18})/.+");

    /** What the only ERP that tells a cost of the SKU says now; nothing where none does, or two differ. Always one row. */
    static final String COSTS_NOW = """
            with told as (
                select min(unit_cost) as amount, min(currency) as currency, count(distinct (unit_cost, currency)) as words
                from product_cost where sku = :sku),
            cost as (
                select case when words = 1 then amount end as amount, case when words = 1 then currency end as currency from told)
            """;

    private CostLedger() {}

    /** Called once for each movement, after it is written. */
    public static void follow(Handle handle, Movement movement, Instant now) {
        if (!movement.source().system().equals(StockSource.OWN) || movement.measure() != Measure.ON_HAND) {
            return;
        }
        switch (movement.kind()) {
            case SALE -> left(handle, movement, now);
            case RETURN -> cameBack(handle, movement, now);
            case ADJUSTMENT -> wentBack(handle, movement, now);
            case OPENING, RECEIPT, TRANSFER_OUT, TRANSFER_IN, COUNT, REJECT -> {}
        }
    }

    /** Whether what moves by this adjustment has been taken as a cost by itself. */
    static boolean isTakenBy(Movement adjustment) {
        String name = adjustment.source().id();
        return adjustment.source().system().equals(StockSource.OWN)
                && (WENT_BACK.matcher(name).matches() || name.startsWith("held/"));
    }

    private static void left(Handle handle, Movement movement, Instant now) {
        Matcher name = LEFT.matcher(movement.source().id());
        String behindLine = "/" + movement.sku();
        if (name.matches() && name.group(2).endsWith(behindLine)) {
            String line = name.group(2).substring(0, name.group(2).length() - behindLine.length());
            take(handle, new Goods(new FulfillmentOrderId(name.group(1)).order(), line), movement, now);
        }
    }

    /** Of which line of an order goods are. */
    private record Goods(OrderId order, String lineId) {}

    /** What was taken before, when goods came back of which nobody had told yet that they had left, is not taken again. */
    private static void take(Handle handle, Goods goods, Movement movement, Instant now) {
        lock(handle, goods.order());
        handle.createUpdate(COSTS_NOW + """
            insert into cost_taken (order_id, line_id, sku, facility, units, unit_cost, currency, source_id, taken_at)
            select :order, :line, :sku, :facility, left_units - taken_units, cost.amount, cost.currency, :source, :now
            from (
                select coalesce(- sum(m.stated), 0) as left_units from fulfillment_order f
                join stock_movement m on m.source = 'throughline' and m.source_id = f.id || '/' || :line || '/' || :sku
                where f.order_id = :order and m.part = 0) gone,
                (select coalesce(sum(units), 0) as taken_units from cost_taken
                    where order_id = :order and line_id = :line and sku = :sku and again_of is null) before, cost
            where left_units > taken_units
            """)
                .bind("order", goods.order().value())
                .bind("line", goods.lineId())
                .bind("sku", movement.sku().value())
                .bind("facility", movement.facility().value())
                .bind("source", movement.source().id())
                .bind("now", Columns.at(now))
                .execute();
    }

    private static void cameBack(Handle handle, Movement movement, Instant now) {
        Matcher name = CAME_BACK.matcher(movement.source().id());
        if (!name.matches() || movement.quantity() <= 0) {
            return;
        }
        ReturnId id = new ReturnId(name.group(1));
        long inspection = Long.parseLong(name.group(2));
        handle.createQuery("""
            select l.line_id from return_inspection i
            join return_line l on l.return_id = i.return_id and l.number = i.line
            where i.number = :inspection and i.return_id = :id
            """)
                .bind("inspection", inspection)
                .bind("id", id.value())
                .mapTo(String.class)
                .findOne()
                .ifPresent(line -> {
                    Goods goods = new Goods(id.order(), line);
                    lock(handle, goods.order());
                    takeLate(handle, goods, movement, now);
                    reverse(handle, goods, id, inspection, movement, now);
                });
    }

    /** What comes back has left, though nobody may have told of it yet, or never will, as of a warehouse of others. */
    private static void takeLate(Handle handle, Goods goods, Movement movement, Instant now) {
        handle.createUpdate(COSTS_NOW + """
            insert into cost_taken (order_id, line_id, sku, facility, units, unit_cost, currency, source_id, taken_at)
            select :order, :line, :sku, :facility, :units - free.units, cost.amount, cost.currency, :source, :now
            from (
                select coalesce(sum(t.units - (
                    select coalesce(sum(c.units), 0) from cost_reversed c where c.taken = t.number)), 0) as units
                from cost_taken t where t.order_id = :order and t.line_id = :line and t.sku = :sku) free, cost
            where free.units < :units
            """)
                .bind("order", goods.order().value())
                .bind("line", goods.lineId())
                .bind("sku", movement.sku().value())
                .bind("facility", movement.facility().value())
                .bind("units", movement.quantity())
                .bind("source", movement.source().id())
                .bind("now", Columns.at(now))
                .execute();
    }

    /** What left first comes back first. */
    private static void reverse(
            Handle handle, Goods goods, ReturnId id, long inspection, Movement movement, Instant now) {
        handle.createUpdate("""
            insert into cost_reversed (taken, return_id, inspection, facility, units, reversed_at)
            select number, :return, :inspection, :facility, least(free, :units - before), :now
            from (
                select number, free, sum(free) over (order by number) - free as before
                from (
                    select t.number, t.units - (
                        select coalesce(sum(c.units), 0) from cost_reversed c where c.taken = t.number) as free
                    from cost_taken t
                    where t.order_id = :order and t.line_id = :line and t.sku = :sku) each_taken
                where free > 0) in_turn
            where before < :units
            """)
                .bind("return", id.value())
                .bind("inspection", inspection)
                .bind("facility", movement.facility().value())
                .bind("units", movement.quantity())
                .bind("order", goods.order().value())
                .bind("line", goods.lineId())
                .bind("sku", movement.sku().value())
                .bind("now", Columns.at(now))
                .execute();
    }

    /** What was taken into stock and goes back to its customer after all is a cost again. */
    private static void wentBack(Handle handle, Movement movement, Instant now) {
        Matcher name = WENT_BACK.matcher(movement.source().id());
        if (name.matches() && movement.quantity() < 0) {
            lock(handle, new ReturnId(name.group(1)).order());
            takeAgain(
                    handle,
                    Long.parseLong(name.group(2)),
                    movement.sku(),
                    -movement.quantity(),
                    movement.source().id(),
                    now);
        }
    }

    /**
     * Units of an inspection leave for good, at the cost that was turned back when they came. {@code source} names what they leave by. Whoever calls this
     * has locked what they are kept back by.
     */
    public static void takeAgain(Handle handle, long inspection, Sku sku, int units, String source, Instant now) {
        handle.createUpdate("""
            insert into cost_taken (order_id, line_id, sku, facility, units, unit_cost, currency, source_id, taken_at, again_of)
            select order_id, line_id, sku, facility, least(free, :units - before), unit_cost, currency,
                :source || '/' || number, :now, number
            from (
                select each_back.*, sum(free) over (order by number) - free as before
                from (
                    select c.number, c.facility, t.order_id, t.line_id, t.sku, t.unit_cost, t.currency, c.units - (
                        select coalesce(sum(a.units), 0) from cost_taken a where a.again_of = c.number) as free
                    from cost_reversed c join cost_taken t on t.number = c.taken
                    where c.inspection = :inspection and t.sku = :sku) each_back
                where free > 0) in_turn
            where before < :units
            """)
                .bind("units", units)
                .bind("source", source)
                .bind("now", Columns.at(now))
                .bind("inspection", inspection)
                .bind("sku", sku.value())
                .execute();
    }

    /** Of two who move goods of one order's line at once, at two places, each sees what the other took and reversed. */
    private static void lock(Handle handle, OrderId order) {
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended('costs/' || :order, 0))")
                .bind("order", order.value())
                .mapToMap()
                .list();
    }
}
