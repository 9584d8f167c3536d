package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.Reservations.Reserved;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The truth about stock, in PostgreSQL. Locks are taken in one order: the order's row, balances by SKU and facility, the order's
 * trace. What must not be oversold is decided under the lock of the SKU's virtual balance, by statements that begin after it was got.
 */
public final class PostgresInventory implements InventoryLedger {
    private static final String SALE_SOURCE = "throughline";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresInventory(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Reservation reserve(OrderId order, List<LineQuantity> needs, Set<FacilityId> among) {
        return transactions.in(handle -> {
            Reservations.lockOrder(handle, order);
            List<LineQuantity> missing = notCovered(needs, Reservations.coveredByLine(handle, order));
            if (missing.isEmpty()) {
                return new Reservation.Reserved();
            }
            Map<Sku, Integer> wanted = bySku(missing);
            Map<Place, Integer> places = new HashMap<>();
            wanted.forEach((sku, quantity) -> places.put(Place.unrouted(sku), quantity));
            Balances.lock(handle, places.keySet());
            List<Shortage> shortages = shortages(wanted, Balances.of(handle, wanted.keySet()), among);
            if (!shortages.isEmpty()) {
                return new Reservation.Missing(shortages);
            }
            Reservations.hold(handle, order, missing);
            Balances.reserve(handle, places);
            trace.append(handle, order.value(), "stock.reserved", "reserved " + words(wanted), detail(wanted));
            return new Reservation.Reserved();
        });
    }

    @Override
    public Map<FacilityId, Map<Sku, Integer>> availability(Collection<Sku> skus) {
        Map<FacilityId, Map<Sku, Integer>> availability = new TreeMap<>();
        balances(skus).stream()
                .filter(balance -> !balance.facility().equals(FacilityId.UNROUTED))
                .forEach(balance -> availability
                        .computeIfAbsent(balance.facility(), facility -> new TreeMap<>())
                        .put(balance.sku(), balance.availableToPromise()));
        return availability;
    }

    @Override
    public Optional<List<FulfillmentOrder>> allocate(OrderId order, RoutingPlan plan) {
        return transactions.in(handle -> {
            Reservations.lockOrder(handle, order);
            List<Reserved> unrouted = Reservations.unrouted(handle, order);
            List<FulfillmentOrder> before = FulfillmentRows.ofOrder(handle, order);
            if (!Allocation.concerns(unrouted, plan)) {
                return Optional.of(before);
            }
            Optional<Allocation> allocation = Allocation.of(unrouted, plan);
            if (allocation.isEmpty()
                    || !fits(
                            allocation.get(),
                            Balances.lock(handle, allocation.get().places()))) {
                return Optional.empty();
            }
            List<FulfillmentOrder> created =
                    create(order, before.size(), plan, assignment -> FulfillmentStatus.ALLOCATED);
            FulfillmentRows.insert(handle, created);
            Reservations.become(handle, allocation.get().used(), Reservations.State.ROUTED);
            Reservations.hold(handle, order, allocation.get().left());
            created.forEach(work -> Reservations.confirm(handle, work));
            Balances.reserve(handle, allocation.get().changes());
            traceWork(handle, order, "work.allocated", plan.reason(), created);
            return Optional.of(FulfillmentRows.ofOrder(handle, order));
        });
    }

    @Override
    public List<FulfillmentOrder> recordHandedOver(OrderId order, RoutingPlan plan) {
        return transactions.in(handle -> {
            Reservations.lockOrder(handle, order);
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
            FulfillmentRows.insert(handle, created);
            List<FulfillmentOrder> goods = created.stream()
                    .filter(work -> work.method() != DeliveryMethod.NONE)
                    .toList();
            Balances.lock(
                    handle,
                    goods.stream()
                            .flatMap(work -> work.lines().stream().map(part -> new Place(part.sku(), work.facility())))
                            .collect(Collectors.toSet()));
            goods.forEach(work -> sell(handle, work.id(), work.facility(), work.lines()));
            traceWork(handle, order, "work.handed-over", plan.reason(), created);
            return FulfillmentRows.ofOrder(handle, order);
        });
    }

    @Override
    public void consume(FulfillmentOrderId id) {
        if (nothingConfirmed(id)) {
            return;
        }
        transactions.run(handle -> {
            Reservations.lockOrder(handle, id.order());
            List<Reserved> rows = Reservations.confirmed(handle, id);
            if (rows.isEmpty()) {
                return;
            }
            Map<Place, Integer> sums = Reservations.sums(rows);
            Balances.lock(handle, sums.keySet());
            Reservations.become(handle, rows, Reservations.State.CONSUMED);
            Balances.reserve(handle, negated(sums));
            sell(
                    handle,
                    id,
                    rows.getFirst().place().facility(),
                    rows.stream().map(Reserved::asLine).toList());
            traceRows(handle, id.order(), "stock.consumed", id + " has left", rows);
        });
    }

    @Override
    public void release(FulfillmentOrderId id, boolean reroute) {
        if (nothingConfirmed(id)) {
            return;
        }
        transactions.run(handle -> {
            Reservations.lockOrder(handle, id.order());
            List<Reserved> rows = Reservations.confirmed(handle, id);
            if (rows.isEmpty()) {
                return;
            }
            Map<Place, Integer> changes = negated(Reservations.sums(rows));
            if (reroute) {
                rows.forEach(row -> changes.merge(Place.unrouted(row.place().sku()), row.quantity(), Integer::sum));
            }
            Balances.lock(handle, changes.keySet());
            Reservations.become(handle, rows, Reservations.State.RELEASED);
            if (reroute) {
                Reservations.hold(
                        handle, id.order(), rows.stream().map(Reserved::asLine).toList());
            }
            Balances.reserve(handle, changes);
            traceRows(
                    handle,
                    id.order(),
                    "stock.released",
                    id + (reroute ? " gives its stock back, the demand stays" : " gives its stock back"),
                    rows);
        });
    }

    @Override
    public void releaseAll(OrderId order, String reason) {
        transactions.run(handle -> {
            Reservations.lockOrder(handle, order);
            List<Reserved> rows = Reservations.open(handle, order);
            if (!rows.isEmpty()) {
                Map<Place, Integer> changes = negated(Reservations.sums(rows));
                Balances.lock(handle, changes.keySet());
                Reservations.become(handle, rows, Reservations.State.RELEASED);
                Balances.reserve(handle, changes);
            }
            List<String> cancelled = FulfillmentRows.cancelOpen(handle, order, reason);
            if (!rows.isEmpty() || !cancelled.isEmpty()) {
                Map<String, String> detail = new HashMap<>(
                        detail(bySku(rows.stream().map(Reserved::asLine).toList())));
                detail.put("reason", reason);
                detail.put("cancelled", String.join(", ", cancelled));
                trace.append(
                        handle,
                        order.value(),
                        "stock.released",
                        "everything reserved is given back: " + reason,
                        detail);
            }
        });
    }

    @Override
    public boolean record(Movement movement) {
        if (movement.facility().equals(FacilityId.UNROUTED)) {
            throw new IllegalArgumentException("nothing moves at the virtual facility");
        }
        return transactions.in(handle -> Balances.book(handle, movement, clock.instant()));
    }

    @Override
    public List<Balance> balances(Collection<Sku> skus) {
        return transactions.with(handle -> Balances.of(handle, skus));
    }

    private static List<LineQuantity> notCovered(List<LineQuantity> needs, Map<String, Integer> covered) {
        Map<String, Integer> rest = new HashMap<>(covered);
        List<LineQuantity> missing = new ArrayList<>();
        for (LineQuantity need : needs) {
            int there = Math.min(need.quantity(), rest.getOrDefault(need.lineId(), 0));
            rest.merge(need.lineId(), -there, Integer::sum);
            if (there < need.quantity()) {
                missing.add(new LineQuantity(need.lineId(), need.sku(), need.quantity() - there));
            }
        }
        return missing;
    }

    private static List<Shortage> shortages(Map<Sku, Integer> wanted, List<Balance> balances, Set<FacilityId> among) {
        return wanted.entrySet().stream()
                .map(want -> new Shortage(want.getKey(), want.getValue(), free(want.getKey(), balances, among)))
                .filter(shortage -> shortage.available() < shortage.wanted())
                .toList();
    }

    /** What the facilities have, less what others wait for already, wherever those will be served from. */
    private static int free(Sku sku, List<Balance> balances, Set<FacilityId> among) {
        long free = 0;
        for (Balance balance : balances) {
            if (balance.sku().equals(sku)) {
                if (balance.facility().equals(FacilityId.UNROUTED)) {
                    free -= balance.reserved();
                } else if (among.contains(balance.facility())) {
                    free += balance.availableToPromise();
                }
            }
        }
        return Math.clamp(free, 0, Integer.MAX_VALUE);
    }

    private static boolean fits(Allocation allocation, Map<Place, Balance> balances) {
        return allocation.given().entrySet().stream()
                .allMatch(given -> Optional.ofNullable(balances.get(given.getKey()))
                        .filter(balance -> balance.availableToPromise() >= given.getValue())
                        .isPresent());
    }

    private static List<FulfillmentOrder> create(
            OrderId order, int ordinal, RoutingPlan plan, Function<RoutingPlan.Assignment, FulfillmentStatus> status) {
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
                    Optional.empty(),
                    false));
        }
        return created;
    }

    private void sell(Handle handle, FulfillmentOrderId id, FacilityId facility, List<LineQuantity> lines) {
        Instant now = clock.instant();
        Map<String, Sku> skus = new TreeMap<>();
        Map<String, Integer> quantities = new TreeMap<>();
        lines.forEach(line -> {
            skus.put(line.lineId(), line.sku());
            quantities.merge(line.lineId(), line.quantity(), Integer::sum);
        });
        skus.forEach((line, sku) -> Balances.book(
                handle,
                new Movement(
                        facility,
                        sku,
                        -quantities.getOrDefault(line, 0),
                        Movement.Reason.SALE,
                        SALE_SOURCE,
                        id + "/" + line,
                        now),
                now));
    }

    private boolean nothingConfirmed(FulfillmentOrderId id) {
        return transactions.with(handle -> Reservations.confirmed(handle, id).isEmpty());
    }

    private void traceWork(Handle handle, OrderId order, String kind, String reason, List<FulfillmentOrder> created) {
        Map<String, String> detail = new TreeMap<>();
        Set<String> links = new HashSet<>();
        created.forEach(work -> {
            detail.put(work.id().value(), work.facility() + " " + work.method() + " " + words(bySku(work.lines())));
            links.add(work.id().value());
            work.channelWork().ifPresent(links::add);
        });
        trace.append(handle, order.value(), kind, reason, detail, links);
    }

    private void traceRows(Handle handle, OrderId order, String kind, String summary, List<Reserved> rows) {
        trace.append(
                handle,
                order.value(),
                kind,
                summary,
                detail(bySku(rows.stream().map(Reserved::asLine).toList())));
    }

    private static Map<Place, Integer> negated(Map<Place, Integer> sums) {
        Map<Place, Integer> negated = new HashMap<>();
        sums.forEach((place, quantity) -> negated.put(place, -quantity));
        return negated;
    }

    private static Map<Sku, Integer> bySku(Collection<LineQuantity> parts) {
        return parts.stream()
                .collect(Collectors.groupingBy(
                        LineQuantity::sku, TreeMap::new, Collectors.summingInt(LineQuantity::quantity)));
    }

    private static String words(Map<Sku, Integer> quantities) {
        return quantities.entrySet().stream()
                .map(part -> part.getValue() + " × " + part.getKey())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> detail(Map<Sku, Integer> quantities) {
        Map<String, String> detail = new TreeMap<>();
        quantities.forEach((sku, quantity) -> detail.put(sku.value(), quantity.toString()));
        return detail;
    }
}
