package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.transfer.Transfer;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.Reservations.Coverage;
import io.throughline.store.inventory.Reservations.Reserved;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What orders have a claim to: reserved for them, or waited for, until it is given out to a facility or given back. */
final class OrderClaims {
    private static final String ASKED = "asked";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;
    private final StockRules rules;
    private final Balances balances;
    private final Movements movements;
    private final Backorders backorders;
    private final Commitments commitments;
    private final BasketContents baskets;
    private final TransferLine line;

    OrderClaims(LedgerParts parts) {
        this.transactions = parts.transactions();
        this.trace = parts.trace();
        this.clock = parts.clock();
        this.rules = parts.rules();
        this.balances = parts.balances();
        this.movements = parts.movements();
        this.backorders = parts.backorders();
        this.commitments = new Commitments(rules.bundles(), balances, backorders);
        this.baskets = new BasketContents(balances);
        this.line = new TransferLine(trace);
    }

    Commitment commit(OrderId order, List<LineQuantity> needs, Terms terms) {
        return transactions.in(handle -> {
            Telling telling = new Telling();
            Set<Place> givenBack = Reservations.lockOrderOfBasket(handle, order)
                    ? takeOverBasket(handle, order, components(needs), terms, telling)
                    : Set.of();
            Coverage coverage = Reservations.coverage(handle, Holder.of(order));
            List<LineQuantity> dropped = commitments.drop(handle, Holder.of(order), needs, coverage);
            telling.dropped(order, dropped);
            Commitments.Answer answer = dropped.isEmpty()
                    ? commitments.answer(handle, Holder.of(order), needs, terms, coverage, clock.instant())
                    : commitments.answer(handle, Holder.of(order), needs, terms, clock.instant());
            telling.commitment(order, answer);
            if (terms.onShortage() == Terms.OnShortage.SPLIT
                    && !answer.waiting().isEmpty()) {
                OrderPromises.inParts(handle, order);
            }
            offer(handle, givenBack, order + " does not need it of its basket", telling);
            telling.write(handle, trace);
            return answer.commitment();
        });
    }

    Commitment askAnew(OrderId order, List<LineQuantity> lines, List<LineQuantity> needs, Terms terms) {
        return transactions.in(handle -> {
            OrderLock.lock(handle, order);
            Set<Place> places = components(lines).stream()
                    .map(part -> Place.unrouted(part.sku()))
                    .collect(Collectors.toSet());
            balances.lock(handle, places);
            handle.savepoint(ASKED);
            Map<Commitments.LinePart, Integer> wanted = new HashMap<>();
            components(lines)
                    .forEach(part -> wanted.merge(Commitments.LinePart.of(part), part.quantity(), Integer::sum));
            List<LineQuantity> given = ReservedUnits.reduce(handle, order, wanted);
            Map<Place, Integer> changes = new HashMap<>();
            given.forEach(part -> changes.merge(Place.unrouted(part.sku()), -part.quantity(), Integer::sum));
            if (!changes.isEmpty()) {
                Balances.reserve(handle, changes);
            }
            Commitments.Answer answer = commitments.answer(handle, Holder.of(order), needs, terms, clock.instant());
            if (answer.commitment() instanceof Commitment.Refused) {
                handle.rollbackToSavepoint(ASKED);
                return answer.commitment();
            }
            Telling telling = new Telling();
            telling.commitment(order, answer);
            telling.write(handle, trace);
            return answer.commitment();
        });
    }

    private Set<Place> takeOverBasket(
            Handle handle, OrderId order, List<LineQuantity> parts, Terms terms, Telling telling) {
        Optional<String> basket = BasketRows.lockClaimed(handle, order, clock.instant());
        basket.ifPresent(taken -> telling.tookOver(order, taken));
        return basket.map(taken -> baskets.handOver(handle, taken, order, parts, terms))
                .orElse(Set.of());
    }

    /**
     * Gives back what is reserved at no facility yet beyond an order's needs, as part of another noun's transaction that holds the order's
     * row. What of it waits for supply is given up first, when the order is allotted the next time.
     */
    void reduce(Handle handle, OrderId order, List<LineQuantity> needs) {
        Telling telling = new Telling();
        reduce(handle, order, needs, telling);
        telling.write(handle, trace);
    }

    private void reduce(Handle handle, OrderId order, List<LineQuantity> needs, Telling telling) {
        Set<Place> unrouted = Reservations.open(handle, Holder.of(order)).stream()
                .map(row -> Place.unrouted(row.place().sku()))
                .collect(Collectors.toSet());
        if (unrouted.isEmpty()) {
            return;
        }
        balances.lock(handle, unrouted);
        // Only now: what waited for supply may have been freed before the locks were got.
        List<LineQuantity> given = ReservedUnits.reduce(handle, order, surplus(handle, order, needs));
        if (given.isEmpty()) {
            return;
        }
        Map<Place, Integer> changes = new HashMap<>();
        given.forEach(part -> changes.merge(Place.unrouted(part.sku()), -part.quantity(), Integer::sum));
        Balances.reserve(handle, changes);
        telling.units(order, "stock.released", order + " needs less than was reserved", given, Map.of());
        offer(handle, changes.keySet(), order + " needs less", telling);
    }

    List<LineQuantity> lacking(OrderId order, List<LineQuantity> needs) {
        return transactions.with(handle -> commitments.notCovered(
                needs, Reservations.coverage(handle, Holder.of(order)).units()));
    }

    void giveUpSurplus(OrderId order, List<LineQuantity> needs) {
        transactions.run(handle -> {
            OrderLock.lock(handle, order);
            Holder holder = Holder.of(order);
            Telling telling = new Telling();
            telling.dropped(order, commitments.drop(handle, holder, needs, Reservations.coverage(handle, holder)));
            reduce(handle, order, needs, telling);
            telling.write(handle, trace);
        });
    }

    private Map<Commitments.LinePart, Integer> surplus(Handle handle, OrderId order, List<LineQuantity> needs) {
        Map<Commitments.LinePart, Integer> surplus = new HashMap<>();
        Reservations.had(handle, order).forEach(row -> surplus.merge(row.part(), row.quantity(), Integer::sum));
        components(needs).forEach(part -> surplus.merge(Commitments.LinePart.of(part), -part.quantity(), Integer::sum));
        Backorders.of(handle, Holder.of(order))
                .forEach(row -> surplus.computeIfPresent(
                        Commitments.LinePart.of(row), (part, units) -> Math.max(0, units - row.quantity())));
        surplus.values().removeIf(units -> units <= 0);
        return surplus;
    }

    void releaseAll(OrderId order, String reason) {
        transactions.run(handle -> {
            Set<Place> ofBasket = Reservations.lockOrderOfBasket(handle, order) ? endBasket(handle, order) : Set.of();
            Set<Place> places = Reservations.open(handle, Holder.of(order)).stream()
                    .map(Reserved::place)
                    .collect(Collectors.toSet());
            Map<Place, Balance> locked =
                    places.isEmpty() ? Map.of() : balances.lock(handle, Place.withUnrouted(places));
            // Read again: what waited for supply may have been freed before the locks were got.
            List<Reserved> rows = places.isEmpty() ? List.of() : Reservations.open(handle, Holder.of(order));
            if (!rows.isEmpty()) {
                Map<Place, Integer> changes = Reservations.negated(Reservations.sums(rows));
                Reservations.become(handle, rows, Reservations.State.RELEASED);
                Balances.reserve(handle, changes);
                movements.settle(
                        handle, locked, Balances.reserved(locked, changes), order + " has given its stock back, which");
            }
            List<Transfer> calledOff = TransferRows.callOff(handle, order, Optional.empty(), clock.instant());
            List<String> cancelled = FulfillmentRows.cancelOpen(handle, order, reason);
            Telling telling = new Telling();
            if (!rows.isEmpty() || !cancelled.isEmpty()) {
                telling.units(
                        order,
                        "stock.released",
                        "everything reserved is given back: " + reason,
                        Reservations.lines(rows),
                        Map.of("reason", reason, "cancelled", String.join(", ", cancelled)));
            }
            places.addAll(ofBasket);
            if (rows.stream().anyMatch(row -> row.state() == Reservations.State.BACKORDERED)) {
                telling.waitsOtherwise(order);
            }
            offer(handle, places, order + " gave it back", telling);
            telling.write(handle, trace);
            calledOff.forEach(transfer -> line.calledOff(handle, transfer, order));
        });
    }

    void releaseRest(OrderId order, String reason) {
        transactions.run(handle -> {
            OrderLock.lock(handle, order);
            Set<Place> places =
                    unplaced(handle, order).stream().map(Reserved::place).collect(Collectors.toSet());
            if (places.isEmpty()) {
                return;
            }
            balances.lock(handle, places);
            // Read again: what waited for supply may have been freed before the locks were got.
            List<Reserved> rows = unplaced(handle, order);
            Map<Place, Integer> changes = Reservations.negated(Reservations.sums(rows));
            Reservations.become(handle, rows, Reservations.State.RELEASED);
            if (!changes.isEmpty()) {
                Balances.reserve(handle, changes);
            }
            Telling telling = new Telling()
                    .units(
                            order,
                            "stock.released",
                            "what no facility was given of it is given back: " + reason,
                            Reservations.lines(rows),
                            Map.of("reason", reason))
                    .waitsOtherwise(order);
            offer(handle, changes.keySet(), order + " gave it back", telling);
            telling.write(handle, trace);
        });
    }

    /** What waits, and what is reserved at no facility and was given back by none. */
    private static List<Reserved> unplaced(Handle handle, OrderId order) {
        return Reservations.open(handle, Holder.of(order)).stream()
                .filter(row -> row.state() == Reservations.State.BACKORDERED
                        || (row.state() == Reservations.State.HELD
                                && !row.among().isEmpty()))
                .toList();
    }

    /** An order that ends before it has reserved anything has its stock in the basket that it was handed over for. */
    private Set<Place> endBasket(Handle handle, OrderId order) {
        return BasketRows.lockClaimed(handle, order, clock.instant())
                .map(basket -> baskets.end(handle, basket, Basket.State.RELEASED))
                .orElse(Set.of());
    }

    void offer(Sku sku) {
        transactions.run(handle -> {
            balances.lock(handle, Set.of(Place.unrouted(sku)));
            Telling telling = new Telling();
            backorders.goOn(handle, sku, "more of it is there", clock.instant(), telling);
            telling.write(handle, trace);
        });
    }

    /** What has become free goes first to whoever has waited for it longest. */
    private void offer(Handle handle, Set<Place> places, String cause, Telling telling) {
        backorders.offer(handle, places, cause, clock.instant(), telling);
    }

    private List<LineQuantity> components(List<LineQuantity> lines) {
        return LineQuantity.goods(lines, rules.bundles());
    }
}
