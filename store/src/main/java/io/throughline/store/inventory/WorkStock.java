package io.throughline.store.inventory;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Inbound;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockRejection;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.domain.transfer.Transfer;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.fulfillment.RoutingRows;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.Reservations.Reserved;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The stock of work at facilities: given out to it, handed over with it, given back by it. */
final class WorkStock {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;
    private final StockRules rules;
    private final Balances balances;
    private final Movements movements;
    private final Backorders backorders;
    private final TransferLine line;

    WorkStock(LedgerParts parts) {
        this.transactions = parts.transactions();
        this.trace = parts.trace();
        this.clock = parts.clock();
        this.rules = parts.rules();
        this.balances = parts.balances();
        this.movements = parts.movements();
        this.backorders = parts.backorders();
        this.line = new TransferLine(parts.trace());
    }

    /** {@code again}: what a facility has given back goes first. */
    Optional<List<FulfillmentOrder>> allocate(OrderId order, RoutingPlan plan, boolean again) {
        return transactions.in(handle -> {
            OrderLock.lock(handle, order);
            List<Reserved> unrouted = Reservations.unrouted(handle, order).stream()
                    .sorted(Comparator.comparing((Reserved row) -> row.wasGivenBack() != again))
                    .toList();
            List<FulfillmentOrder> before = FulfillmentRows.ofOrder(handle, order);
            RoutingPlan ofComponents = ofComponents(plan);
            if (!Allocation.concerns(unrouted, ofComponents)) {
                return Optional.of(before);
            }
            Optional<Allocation> allocation = Allocation.of(unrouted, ofComponents);
            if (allocation.isEmpty() || !fits(handle, order, allocation.get())) {
                return Optional.empty();
            }
            List<FulfillmentOrder> created =
                    create(order, before.size(), plan, assignment -> FulfillmentStatus.ALLOCATED);
            FulfillmentRows.insert(handle, created, Optional.of(clock.instant()));
            Reservations.become(handle, allocation.get().used(), Reservations.State.ROUTED);
            allocation
                    .get()
                    .left()
                    .forEach(left ->
                            NewReservations.hold(handle, Holder.of(order), List.of(left.units()), left.among()));
            List<Transfer> requested = new ArrayList<>();
            for (int i = 0; i < created.size(); i++) {
                confirm(handle, created.get(i), plan.assignments().get(i)).ifPresent(requested::add);
            }
            Balances.reserve(handle, allocation.get().changes());
            RoutingRows.put(handle, order, RoutingDecision.of(plan), clock.instant());
            Telling telling = new Telling().work(order, "work.allocated", plan, created);
            // Until it had a facility, this demand stood before whoever waits, also for stock that it does not take.
            offer(handle, allocation.get().taken().keySet(), order + " takes its stock from elsewhere", telling);
            telling.write(handle, trace);
            requested.forEach(transfer -> line.requested(handle, transfer, transfer.requestedBy()));
            return Optional.of(FulfillmentRows.ofOrder(handle, order));
        });
    }

    /** What is sent to the facility lies reserved where it is sent from, until it leaves; gives the transfer that brings it. */
    private Optional<Transfer> confirm(Handle handle, FulfillmentOrder work, RoutingPlan.Assignment assignment) {
        NewReservations.confirm(handle, work, work.facility(), components(assignment.own()));
        return assignment.sent().map(sending -> {
            NewReservations.confirm(handle, work, sending.from(), components(sending.lines()));
            return TransferRows.request(handle, work, sending, clock.instant());
        });
    }

    private boolean fits(Handle handle, OrderId order, Allocation allocation) {
        Map<Place, Balance> locked = balances.lock(handle, allocation.places());
        return allocation.fits(locked)
                && (allocation.leavesPlenty(locked)
                        || Dependents.of(handle, order, balances.of(handle, allocation.skus()))
                                .allow(allocation.given()));
    }

    List<FulfillmentOrder> recordHandedOver(OrderId order, RoutingPlan plan, Instant soldAt) {
        return transactions.in(handle -> {
            OrderLock.lock(handle, order);
            List<FulfillmentOrder> before = FulfillmentRows.ofOrder(handle, order);
            if (!before.isEmpty()) {
                return before;
            }
            List<FulfillmentOrder> created = create(
                    order,
                    0,
                    plan,
                    assignment -> assignment.method() == DeliveryMethod.SHIPPING
                            ? FulfillmentStatus.SHIPPED
                            : FulfillmentStatus.PICKED_UP);
            FulfillmentRows.insert(handle, created, Optional.empty());
            List<FulfillmentOrder> goods = created.stream()
                    .filter(work -> work.method() != DeliveryMethod.NONE)
                    .toList();
            Map<Place, Balance> locked = balances.lock(
                    handle,
                    goods.stream()
                            .flatMap(work -> components(work.lines()).stream()
                                    .map(part -> new Place(part.sku(), work.facility())))
                            .collect(Collectors.toSet()));
            List<Booking> bookings = goods.stream()
                    .map(work -> sell(handle, work.id(), work.facility(), components(work.lines()), soldAt, locked))
                    .toList();
            Telling telling = new Telling().work(order, "work.handed-over", plan, created);
            bookings.forEach(booking -> telling.left(order, booking));
            telling.write(handle, trace);
            return FulfillmentRows.ofOrder(handle, order);
        });
    }

    void consume(FulfillmentOrderId id) {
        if (nothingConfirmed(id)) {
            return;
        }
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            List<Reserved> rows = Reservations.confirmed(handle, id);
            if (rows.isEmpty()) {
                return;
            }
            Map<Place, Integer> sums = Reservations.sums(rows);
            Map<Place, Integer> changes = Reservations.negated(sums);
            Map<Place, Balance> before = balances.lock(handle, sums.keySet());
            Map<Place, Balance> after = Balances.reserved(before, changes);
            Reservations.become(handle, rows, Reservations.State.CONSUMED);
            Balances.reserve(handle, changes);
            Instant leftAt = FulfillmentRows.handedOverAt(handle, id).orElseGet(clock::instant);
            Booking booking =
                    sell(handle, id, rows.getFirst().place().facility(), Reservations.lines(rows), leftAt, after);
            movements.settle(handle, before, after, id + " has left, which");
            new Telling()
                    .units(id.order(), "stock.consumed", id + " has left", Reservations.lines(rows), Map.of())
                    .left(id.order(), booking)
                    .write(handle, trace);
        });
    }

    void release(FulfillmentOrderId id, boolean reroute) {
        if (nothingConfirmed(id)) {
            return;
        }
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            List<Reserved> rows = Reservations.confirmed(handle, id);
            if (rows.isEmpty()) {
                return;
            }
            Map<Place, Integer> changes = Reservations.negated(Reservations.sums(rows));
            if (reroute) {
                rows.forEach(row -> changes.merge(Place.unrouted(row.place().sku()), row.quantity(), Integer::sum));
            }
            Map<Place, Balance> locked = balances.lock(handle, Place.withUnrouted(changes.keySet()));
            Reservations.become(handle, rows, Reservations.State.RELEASED);
            if (reroute) {
                NewReservations.hold(handle, Holder.of(id.order()), Reservations.lines(rows), Set.of());
            }
            Balances.reserve(handle, changes);
            movements.settle(
                    handle, locked, Balances.reserved(locked, changes), id + " has given its stock back, which");
            Telling telling = new Telling()
                    .units(
                            id.order(),
                            "stock.released",
                            id + (reroute ? " gives its stock back, the demand stays" : " gives its stock back"),
                            Reservations.lines(rows),
                            Map.of());
            if (!reroute) {
                offer(handle, changes.keySet(), id + " gave it back", telling);
            }
            telling.write(handle, trace);
        });
    }

    /** The facility's own system does not do the work: its demand has no facility any more, and its stock becomes what the ground says. */
    void rejected(FulfillmentOrderId id, StoreReport.Ground ground) {
        if (nothingConfirmed(id)) {
            return;
        }
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            FulfillmentRows.ofOrder(handle, id.order()).stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .ifPresent(given -> giveBack(handle, given, given.lines(), new StockRejection(id, ground, false)));
        });
    }

    /**
     * Takes units from work whose facility does not do them, as part of another noun's transaction that holds the order's row: their demand
     * has no facility any more, and the stock becomes what the rejection says.
     */
    void giveBack(Handle handle, FulfillmentOrder work, List<LineQuantity> lines, StockRejection rejection) {
        List<LineQuantity> parts = ReservedUnits.partsOf(handle, work, lines, rules.bundles());
        Map<Place, Integer> taken = new HashMap<>();
        parts.forEach(part -> taken.merge(new Place(part.sku(), work.facility()), part.quantity(), Integer::sum));
        Map<Place, Balance> locked = balances.lock(handle, Place.withUnrouted(taken.keySet()));
        List<LineQuantity> given = ReservedUnits.giveBack(handle, work.id(), parts);
        Map<Place, Integer> changes = new HashMap<>();
        given.forEach(part -> {
            changes.merge(new Place(part.sku(), work.facility()), -part.quantity(), Integer::sum);
            changes.merge(Place.unrouted(part.sku()), part.quantity(), Integer::sum);
        });
        NewReservations.hold(handle, Holder.of(work.id().order()), given, Set.of());
        Balances.reserve(handle, changes);
        Map<Place, Balance> left = Balances.reserved(locked, changes);
        movements.settle(handle, locked, left, work.id() + " has given its stock back, which");
        Telling telling = new Telling()
                .units(
                        work.id().order(),
                        "stock.released",
                        work.id() + " lacks units, the demand stays",
                        given,
                        Map.of());
        Instant now = clock.instant();
        taken.forEach((place, units) -> rejection
                .correction(Objects.requireNonNull(left.get(place)), units, now)
                .ifPresent(movement -> telling.booking(movements.book(handle, movement, left, now), movement.cause())));
        telling.write(handle, trace);
    }

    /**
     * What work has reserved of these lines becomes that of other work at its facility, as part of another noun's transaction that holds the
     * order's row. Nothing moves by that.
     */
    void passOn(Handle handle, FulfillmentOrder work, FulfillmentOrderId to, List<LineQuantity> lines) {
        ReservedUnits.passOn(handle, work.id(), to, ReservedUnits.partsOf(handle, work, lines, rules.bundles()));
    }

    private List<FulfillmentOrder> create(
            OrderId order, int ordinal, RoutingPlan plan, Function<RoutingPlan.Assignment, FulfillmentStatus> status) {
        Instant now = clock.instant();
        List<FulfillmentOrder> created = new ArrayList<>();
        for (RoutingPlan.Assignment assignment : plan.assignments()) {
            created.add(new FulfillmentOrder(
                    FulfillmentOrderId.of(order, ordinal + created.size() + 1),
                    assignment.facility(),
                    assignment.method(),
                    status.apply(assignment),
                    assignment.lines(),
                    assignment.channelWork(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    assignment.sent().map(sending -> now.plus(sending.terms().sendWithin())),
                    false,
                    false,
                    assignment.sent().map(sending -> new Inbound(sending.from(), false)),
                    FacilityAnswer.NONE));
        }
        return created;
    }

    private Booking sell(
            Handle handle,
            FulfillmentOrderId id,
            FacilityId facility,
            List<LineQuantity> components,
            Instant soldAt,
            Map<Place, Balance> locked) {
        Instant now = clock.instant();
        Map<Commitments.LinePart, Integer> quantities = new LinkedHashMap<>();
        components.forEach(part -> quantities.merge(Commitments.LinePart.of(part), part.quantity(), Integer::sum));
        return quantities.entrySet().stream()
                .map(sold -> new Movement(
                        facility,
                        sold.getKey().sku(),
                        -sold.getValue(),
                        Movement.Kind.SALE,
                        StockSource.OWN,
                        id + "/" + sold.getKey().lineId() + "/" + sold.getKey().sku(),
                        soldAt))
                .map(sale -> movements.book(handle, sale, locked, now))
                .reduce(Booking::and)
                .orElseGet(() -> Booking.without(Booking.Verdict.KNOWN));
    }

    private RoutingPlan ofComponents(RoutingPlan plan) {
        return new RoutingPlan(
                plan.assignments().stream().flatMap(this::takenFrom).toList(), plan.reason(), plan.considered());
    }

    private Stream<RoutingPlan.Assignment> takenFrom(RoutingPlan.Assignment part) {
        return Stream.concat(
                Stream.of(new RoutingPlan.Assignment(
                        part.facility(), part.method(), part.channelWork(), components(part.own()))),
                part.sent().stream()
                        .map(sending -> new RoutingPlan.Assignment(
                                sending.from(), part.method(), part.channelWork(), components(sending.lines()))));
    }

    private boolean nothingConfirmed(FulfillmentOrderId id) {
        return transactions.with(handle -> Reservations.confirmed(handle, id).isEmpty());
    }

    /** What has become free goes first to whoever has waited for it longest. */
    private void offer(Handle handle, Set<Place> places, String cause, Telling telling) {
        backorders.offer(handle, places, cause, clock.instant(), telling);
    }

    private List<LineQuantity> components(List<LineQuantity> lines) {
        return LineQuantity.goods(lines, rules.bundles());
    }
}
