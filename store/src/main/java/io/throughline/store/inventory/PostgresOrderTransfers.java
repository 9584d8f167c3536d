package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.transfer.OrderTransfers;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.Transfer.Line;
import io.throughline.domain.transfer.TransferId;
import io.throughline.store.fulfillment.InboundWork;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.Reservations.Reserved;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The transfers that bring goods to where orders are collected, in PostgreSQL: what each step means for the order's reservations and work, as
 * part of the transaction of the step. Locks are taken in one order: the order's row, the transfer's, the work's, balances, the trace. What
 * a step tells in the lines of several orders is written at once, before what it tells of the work.
 */
public final class PostgresOrderTransfers implements OrderTransfers {
    private final Transactions transactions;
    private final Balances balances;
    private final Movements movements;
    private final InboundWork work;
    private final TraceWriter trace;
    private final TransferLine line;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresOrderTransfers(
            Transactions transactions,
            InboundWork work,
            StockRules rules,
            CaseWriter cases,
            TraceWriter trace,
            InboxBell bell,
            Clock clock) {
        LedgerParts parts = LedgerParts.of(transactions, trace, cases, clock, rules);
        this.transactions = transactions;
        this.balances = parts.balances();
        this.movements = parts.movements();
        this.work = work;
        this.trace = trace;
        this.line = new TransferLine(trace);
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Optional<Transfer> of(FulfillmentOrderId id) {
        return transactions.with(handle -> TransferRows.ofWork(handle, id));
    }

    @Override
    public void giveUp(FulfillmentOrderId id, RerouteCause cause) {
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            Optional<FulfillmentOrder> waiting = TransferRows.ofWork(handle, id)
                    .filter(found -> TransferRows.lock(handle, found.id()))
                    .flatMap(found -> work.awaiting(handle, id));
            if (waiting.isEmpty()) {
                return;
            }
            List<Transfer> calledOff = TransferRows.callOff(handle, id.order(), Optional.of(id), clock.instant());
            Telling telling = new Telling();
            giveBack(handle, waiting.get(), telling);
            telling.write(handle, trace);
            fails(handle, waiting.get(), cause);
            calledOff.forEach(transfer -> line.calledOff(handle, transfer, id.order()));
        });
        ring();
    }

    /** Whose order's row is to be locked first. */
    static void lockOrder(Handle handle, TransferId id) {
        TransferRows.workOf(handle, id).ifPresent(found -> OrderLock.lock(handle, found.order()));
    }

    Optional<FulfillmentOrder> awaiting(Handle handle, Transfer transfer) {
        return transfer.forWork().flatMap(id -> work.awaiting(handle, id));
    }

    /** Where work that waits has goods, with the virtual one of each of their SKUs: also what lies at its own facility. */
    Set<Place> places(Handle handle, Optional<FulfillmentOrder> waiting) {
        return waiting.map(found -> places(reserved(handle, found))).orElse(Set.of());
    }

    void ring() {
        bell.ring();
    }

    /**
     * What leaves stays reserved on its way, and what does not is demand again; before the movements are booked, under the locks of the
     * transfer's places.
     */
    Departure departs(Handle handle, Transfer sent, FulfillmentOrder waiting) {
        List<Reserved> rows = Reservations.confirmed(handle, waiting.id()).stream()
                .filter(row -> row.place().facility().equals(sent.from()))
                .toList();
        Map<Place, Balance> before = balances.lock(handle, places(rows));
        Split split = split(handle, rows, bySku(sent, units -> units.requested() - units.sent()));
        Reservations.moveOn(handle, split.kept(), Reservations.State.IN_TRANSIT, sent.to());
        Map<Place, Integer> changes = Reservations.negated(Reservations.sums(rows));
        becomeDemand(handle, waiting, split.missing(), changes);
        reserve(handle, changes);
        return new Departure(waiting, before, split.missing());
    }

    /** What has left to work: the balances before, and what did not leave with it. */
    record Departure(FulfillmentOrder waiting, Map<Place, Balance> before, List<LineQuantity> missing) {
        Departure {
            before = Map.copyOf(before);
            missing = List.copyOf(missing);
        }
    }

    /** After the movements are booked. */
    void settle(Handle handle, Transfer sent, Departure departure) {
        movements.settle(
                handle,
                departure.before(),
                balances.lock(handle, departure.before().keySet()),
                sent.id() + " has left, which");
    }

    /** What it means for the work, and the last of it. */
    void departed(Handle handle, Transfer sent, Departure departure) {
        if (!departure.missing().isEmpty()) {
            work.lacks(handle, departure.waiting(), departure.missing(), RerouteCause.SHORT);
        }
        work.sent(handle, departure.waiting(), sent);
    }

    /** What has arrived is reserved where it is, before it is booked and so before anybody else is offered it. */
    Arrival arrives(Handle handle, Transfer received, FulfillmentOrder waiting, Telling telling) {
        if (isNothing(received)) {
            giveBack(handle, waiting, telling);
            return new Arrival(waiting, waiting.lines());
        }
        List<Reserved> rows = Reservations.inTransit(handle, waiting.id());
        Split split = split(handle, rows, bySku(received, units -> Math.max(0, units.sent() - units.received())));
        Reservations.moveOn(handle, split.kept(), Reservations.State.CONFIRMED, received.to());
        Map<Place, Integer> changes = new HashMap<>();
        split.kept().forEach(row -> changes.merge(row.place(), row.quantity(), Integer::sum));
        becomeDemand(handle, waiting, split.missing(), changes);
        reserve(handle, changes);
        return new Arrival(waiting, split.missing());
    }

    /** What has arrived for work lacks these units. */
    record Arrival(FulfillmentOrder waiting, List<LineQuantity> missing) {
        Arrival {
            missing = List.copyOf(missing);
        }
    }

    private static boolean isNothing(Transfer received) {
        return received.lines().stream().allMatch(units -> units.received() == 0);
    }

    /** What it means for the work, and the last of it. */
    void arrived(Handle handle, Transfer received, Arrival arrival) {
        if (!arrival.missing().isEmpty()) {
            work.lacks(handle, arrival.waiting(), arrival.missing(), RerouteCause.SHORT);
        }
        if (!isNothing(received)) {
            work.arrived(handle, arrival.waiting(), received);
        }
    }

    /** Nothing of it comes: all that the work has is demand again, also what lies at its facility, so that its customer comes once. */
    void giveBack(Handle handle, FulfillmentOrder waiting, Telling telling) {
        List<Reserved> rows = reserved(handle, waiting);
        Map<Place, Balance> before = balances.lock(handle, places(rows));
        Map<Place, Integer> changes = new HashMap<>(Reservations.negated(Reservations.sums(rows)));
        Reservations.become(handle, rows, Reservations.State.RELEASED);
        List<LineQuantity> lines = Reservations.lines(rows);
        becomeDemand(handle, waiting, lines, changes);
        reserve(handle, changes);
        movements.settle(
                handle, before, Balances.reserved(before, changes), waiting.id() + " has given its stock back, which");
        telling.units(
                waiting.id().order(),
                "stock.released",
                waiting.id() + " gives its stock back, the demand stays",
                lines,
                Map.of());
    }

    /** The work as a whole is given back, and the last of it. */
    void fails(Handle handle, FulfillmentOrder waiting, RerouteCause cause) {
        work.lacks(handle, waiting, waiting.lines(), cause);
    }

    private static List<Reserved> reserved(Handle handle, FulfillmentOrder waiting) {
        return Stream.concat(
                        Reservations.confirmed(handle, waiting.id()).stream(),
                        Reservations.inTransit(handle, waiting.id()).stream())
                .toList();
    }

    private static void becomeDemand(
            Handle handle, FulfillmentOrder waiting, List<LineQuantity> missing, Map<Place, Integer> changes) {
        NewReservations.hold(handle, Holder.of(waiting.id().order()), missing, Set.of());
        missing.forEach(line -> changes.merge(Place.unrouted(line.sku()), line.quantity(), Integer::sum));
    }

    private static void reserve(Handle handle, Map<Place, Integer> changes) {
        if (!changes.isEmpty()) {
            Balances.reserve(handle, changes);
        }
    }

    /** Rows as they are once the missing units are taken off them, and those units. */
    private record Split(List<Reserved> kept, List<LineQuantity> missing) {
        Split {
            kept = List.copyOf(kept);
            missing = List.copyOf(missing);
        }
    }

    /** The later lines go without. */
    private static Split split(Handle handle, List<Reserved> rows, Map<Sku, Integer> missing) {
        Map<Sku, Integer> rest = new HashMap<>(missing);
        List<Reserved> kept = new ArrayList<>();
        List<LineQuantity> lacking = new ArrayList<>();
        for (Reserved row : rows.reversed()) {
            Sku sku = row.place().sku();
            int units = Math.min(rest.getOrDefault(sku, 0), row.quantity());
            if (units > 0) {
                rest.merge(sku, -units, Integer::sum);
                lacking.add(new LineQuantity(row.lineId(), sku, units));
                ReservedUnits.takeOff(handle, row, units);
            }
            if (units < row.quantity()) {
                kept.add(row.of(row.quantity() - units));
            }
        }
        return new Split(kept.reversed(), lacking.reversed());
    }

    private static Map<Sku, Integer> bySku(Transfer transfer, ToIntFunction<Line> units) {
        return transfer.lines().stream().collect(Collectors.toMap(Line::sku, units::applyAsInt));
    }

    private static Set<Place> places(Collection<Reserved> rows) {
        return Place.withUnrouted(rows.stream().map(Reserved::place).collect(Collectors.toSet()));
    }
}
