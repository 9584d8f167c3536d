package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Inbound;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.FacilityWork;
import io.throughline.domain.routing.FactsWanted;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.domain.routing.RoutingFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The inventory ledger in memory: on-hand units, and each order's reservations by facility and line. */
public final class TestingInventory implements InventoryLedger {
    private static final FacilityId ON_ITS_WAY = new FacilityId("ON-ITS-WAY");

    private final TestingFulfillmentOrders work;
    private final Map<Place, Integer> onHand = new LinkedHashMap<>();
    private final List<Held> reservations = new ArrayList<>();
    private final Set<String> movements = new LinkedHashSet<>();
    private final Set<String> unfit = new LinkedHashSet<>();
    private final Map<Sku, Instant> expected = new HashMap<>();
    private final Map<OrderId, List<Commitment.Waiting>> waiting = new HashMap<>();
    private final Map<OrderId, OrderPromise> promises = new HashMap<>();
    private final Map<OrderId, Optional<Instant>> told = new HashMap<>();
    private final Map<OrderId, Map<String, Integer>> left = new HashMap<>();
    private final Map<FacilityId, FacilityWork> busy = new HashMap<>();
    private final BiConsumer<OrderId, RoutingDecision> routed;

    public TestingInventory(TestingFulfillmentOrders work) {
        this(work, (order, decision) -> {});
    }

    /** {@code routed} is told how an order was routed. */
    public TestingInventory(TestingFulfillmentOrders work, BiConsumer<OrderId, RoutingDecision> routed) {
        this.work = work;
        this.routed = routed;
    }

    private record Place(FacilityId facility, Sku sku) {}

    private record Held(
            OrderId order,
            Optional<FulfillmentOrderId> work,
            FacilityId facility,
            LineQuantity line,
            boolean cameBack) {
        Held(OrderId order, Optional<FulfillmentOrderId> work, FacilityId facility, LineQuantity line) {
            this(order, work, facility, line, false);
        }

        boolean unrouted() {
            return facility.equals(FacilityId.UNROUTED);
        }

        Held withUnits(int units) {
            return new Held(order, work, facility, new LineQuantity(line.lineId(), line.sku(), units), cameBack);
        }
    }

    /** What this source says breaks a rule. */
    public synchronized TestingInventory refuses(String sourceId) {
        unfit.add(sourceId);
        return this;
    }

    public synchronized TestingInventory stock(FacilityId facility, Sku sku, int units) {
        onHand.put(new Place(facility, sku), units);
        return this;
    }

    public synchronized int onHand(FacilityId facility, Sku sku) {
        return onHand.getOrDefault(new Place(facility, sku), 0);
    }

    /** Units of the order that are still reserved, wherever. */
    public synchronized int reservedFor(OrderId order) {
        return reservations.stream()
                .filter(held -> held.order().equals(order))
                .mapToInt(held -> held.line().quantity())
                .sum();
    }

    @Override
    public synchronized Commitment commit(OrderId order, List<LineQuantity> needs, Terms terms) {
        return switch (terms.onShortage()) {
            case REFUSE -> reserveAll(order, needs, terms);
            case BACKORDER, SPLIT ->
                needs.stream().allMatch(line -> expected.containsKey(line.sku()))
                        ? reserveOrWait(order, needs, terms)
                        : reserveAll(order, needs, terms);
            case PARTIAL -> throw new UnsupportedOperationException("in memory a line is reserved whole or not at all");
        };
    }

    /** From now on, what is short of these SKUs is promised for that instant. */
    public synchronized TestingInventory expect(Instant at, Sku... skus) {
        List.of(skus).forEach(sku -> expected.put(sku, at));
        return this;
    }

    private Commitment reserveOrWait(OrderId order, List<LineQuantity> needs, Terms terms) {
        List<Commitment.Waiting> missing = new ArrayList<>();
        for (LineQuantity line : needs) {
            int wanted = line.quantity() - coveredOf(order, line.lineId());
            int available = terms.among(line.lineId()).stream()
                            .mapToInt(facility -> free(facility, line.sku()))
                            .sum()
                    - reservedAt(FacilityId.UNROUTED, line.sku());
            int there = Math.max(0, Math.min(wanted, available));
            if (there > 0) {
                reservations.add(new Held(
                        order,
                        Optional.empty(),
                        FacilityId.UNROUTED,
                        new LineQuantity(line.lineId(), line.sku(), there)));
            }
            if (wanted > there) {
                Instant promise = Objects.requireNonNull(expected.get(line.sku()));
                missing.add(new Commitment.Waiting(line.lineId(), line.sku(), wanted - there, promise));
            }
        }
        waiting.put(order, missing);
        promise(order, missing);
        return missing.isEmpty() ? new Commitment.Reserved() : new Commitment.Backordered(missing);
    }

    @Override
    public synchronized List<LineQuantity> lacking(OrderId order, List<LineQuantity> needs) {
        Map<String, Integer> covered = new HashMap<>();
        List<LineQuantity> missing = new ArrayList<>();
        for (LineQuantity line : needs) {
            int there = covered.computeIfAbsent(line.lineId(), id -> coveredOf(order, id) + waitingOf(order, id));
            covered.merge(line.lineId(), -Math.min(there, line.quantity()), Integer::sum);
            if (there < line.quantity()) {
                missing.add(new LineQuantity(line.lineId(), line.sku(), line.quantity() - there));
            }
        }
        return missing;
    }

    private int waitingOf(OrderId order, String lineId) {
        return waiting.getOrDefault(order, List.of()).stream()
                .filter(line -> line.lineId().equals(lineId))
                .mapToInt(Commitment.Waiting::units)
                .sum();
    }

    @Override
    public synchronized void giveUpSurplus(OrderId order, List<LineQuantity> needs) {
        Map<String, Integer> surplus = new HashMap<>();
        reservations.stream()
                .filter(held -> held.order().equals(order))
                .map(held -> held.line().lineId())
                .distinct()
                .forEach(line -> surplus.put(line, coveredOf(order, line)));
        needs.forEach(line -> surplus.merge(line.lineId(), -line.quantity(), Integer::sum));
        for (Held held : List.copyOf(reservations).reversed()) {
            int units = Math.min(
                    held.line().quantity(), surplus.getOrDefault(held.line().lineId(), 0));
            if (held.order().equals(order) && held.unrouted() && units > 0) {
                surplus.merge(held.line().lineId(), -units, Integer::sum);
                reservations.remove(held);
                if (units < held.line().quantity()) {
                    reservations.add(held.withUnits(held.line().quantity() - units));
                }
            }
        }
    }

    /** Units of a line that are reserved or have left. */
    private int coveredOf(OrderId order, String lineId) {
        return left.getOrDefault(order, Map.of()).getOrDefault(lineId, 0)
                + reservations.stream()
                        .filter(held -> held.order().equals(order)
                                && held.line().lineId().equals(lineId))
                        .mapToInt(held -> held.line().quantity())
                        .sum();
    }

    private void promise(OrderId order, List<Commitment.Waiting> missing) {
        if (missing.isEmpty()) {
            return;
        }
        Optional<Instant> latest = Commitment.Waiting.allExpected(missing);
        OrderPromise before = promises.get(order);
        if (before == null) {
            told.put(order, latest);
            promises.put(order, new OrderPromise(1, latest, latest, true));
        } else if (!before.latest().equals(latest)) {
            promises.put(
                    order,
                    new OrderPromise(before.number() + 1, before.first(), latest, latest.equals(told.get(order))));
        }
    }

    @Override
    public synchronized void promiseTold(OrderId order, int number) {
        OrderPromise known = Objects.requireNonNull(promises.get(order));
        if (known.number() == number) {
            told.put(order, known.latest());
            promises.put(order, new OrderPromise(number, known.first(), known.latest(), true));
        }
    }

    @Override
    public synchronized void releaseRest(OrderId order, String reason) {
        reservations.removeIf(held -> held.order().equals(order) && held.unrouted() && !held.cameBack());
        waiting.remove(order);
    }

    @Override
    public synchronized Commitment askAnew(
            OrderId order, List<LineQuantity> lines, List<LineQuantity> needs, Terms terms) {
        Set<String> names = new LinkedHashSet<>();
        lines.forEach(line -> names.add(line.lineId()));
        List<Held> unrouted = reservations.stream()
                .filter(held -> held.order().equals(order) && held.facility().equals(FacilityId.UNROUTED))
                .filter(held -> names.contains(held.line().lineId()))
                .toList();
        boolean hopeless = lines.stream().anyMatch(line -> !expected.containsKey(line.sku()));
        if (hopeless || terms.onShortage() != Terms.OnShortage.BACKORDER) {
            return new Commitment.Refused(lines.stream()
                    .map(line -> new Shortage(line.sku(), line.quantity(), 0))
                    .toList());
        }
        reservations.removeAll(unrouted);
        return reserveOrWait(order, needs, terms);
    }

    @Override
    public synchronized OrderStock stockOf(OrderId order) {
        List<Commitment.Waiting> waits = waiting.getOrDefault(order, List.of());
        Set<String> unrouted = new LinkedHashSet<>();
        waits.forEach(line -> unrouted.add(line.lineId()));
        List<Held> mine = reservations.stream()
                .filter(held -> held.order().equals(order) && held.unrouted())
                .toList();
        mine.forEach(held -> unrouted.add(held.line().lineId()));
        return new OrderStock(
                waits,
                List.of(),
                unrouted,
                mine.stream().filter(held -> !held.cameBack()).map(Held::line).toList(),
                waits.isEmpty() ? Optional.empty() : Optional.ofNullable(promises.get(order)));
    }

    private Commitment reserveAll(OrderId order, List<LineQuantity> needs, Terms terms) {
        List<LineQuantity> missing = lacking(order, needs);
        Map<Sku, Integer> wanted = new LinkedHashMap<>();
        Map<Sku, Set<FacilityId>> places = new HashMap<>();
        missing.forEach(line -> {
            wanted.merge(line.sku(), line.quantity(), Integer::sum);
            places.computeIfAbsent(line.sku(), first -> new LinkedHashSet<>()).addAll(terms.among(line.lineId()));
        });
        List<Shortage> shortages = new ArrayList<>();
        wanted.forEach((sku, units) -> {
            int available = Objects.requireNonNull(places.get(sku)).stream()
                            .mapToInt(facility -> free(facility, sku))
                            .sum()
                    - reservedAt(FacilityId.UNROUTED, sku);
            if (available < units) {
                shortages.add(new Shortage(sku, units, Math.max(0, available)));
            }
        });
        if (!shortages.isEmpty()) {
            return new Commitment.Refused(shortages);
        }
        missing.forEach(line -> reservations.add(new Held(order, Optional.empty(), FacilityId.UNROUTED, line)));
        return new Commitment.Reserved();
    }

    @Override
    public synchronized Map<FacilityId, Map<Sku, Integer>> availability(Collection<Sku> skus) {
        Map<FacilityId, Map<Sku, Integer>> available = new HashMap<>();
        onHand.keySet().stream()
                .filter(place -> skus.contains(place.sku()))
                .forEach(place -> available
                        .computeIfAbsent(place.facility(), unknown -> new HashMap<>())
                        .put(place.sku(), free(place.facility(), place.sku())));
        return available;
    }

    /** From now on, a facility has so much work, whatever else it is given. */
    public synchronized TestingInventory busy(FacilityId facility, FacilityWork much) {
        busy.put(facility, much);
        return this;
    }

    @Override
    public synchronized RoutingFacts routingFacts(OrderId order, Collection<Sku> skus, FactsWanted wanted) {
        return new RoutingFacts(availability(skus), wanted.workSince().isPresent() ? busy : Map.of());
    }

    @Override
    public Optional<List<FulfillmentOrder>> allocate(OrderId order, RoutingPlan plan) {
        return allocate(order, plan, false);
    }

    @Override
    public Optional<List<FulfillmentOrder>> allocateAgain(OrderId order, RoutingPlan plan) {
        return allocate(order, plan, true);
    }

    private synchronized Optional<List<FulfillmentOrder>> allocate(OrderId order, RoutingPlan plan, boolean again) {
        Map<String, Integer> planned = new LinkedHashMap<>();
        plan.assignments()
                .forEach(part ->
                        part.lines().forEach(line -> planned.merge(line.lineId(), line.quantity(), Integer::sum)));
        List<Held> unrouted = reservations.stream()
                .filter(held -> held.order().equals(order) && held.unrouted())
                .filter(held -> planned.containsKey(held.line().lineId()))
                .sorted(Comparator.comparing((Held held) -> held.cameBack() != again))
                .toList();
        if (unrouted.isEmpty()) {
            return Optional.of(work.ofOrder(order));
        }
        boolean enough = plan.assignments().stream()
                .allMatch(part ->
                        part.own().stream().allMatch(line -> free(part.facility(), line.sku()) >= line.quantity()));
        if (!enough) {
            return Optional.empty();
        }
        for (Held held : unrouted) {
            int units = Math.min(
                    held.line().quantity(),
                    Objects.requireNonNull(planned.get(held.line().lineId())));
            if (units > 0) {
                planned.merge(held.line().lineId(), -units, Integer::sum);
                reservations.remove(held);
                if (units < held.line().quantity()) {
                    reservations.add(held.withUnits(held.line().quantity() - units));
                }
            }
        }
        routed.accept(order, RoutingDecision.of(plan));
        plan.assignments().forEach(part -> {
            FulfillmentOrder created = create(order, part, FulfillmentStatus.ALLOCATED);
            part.own()
                    .forEach(line ->
                            reservations.add(new Held(order, Optional.of(created.id()), part.facility(), line)));
            part.sent().ifPresent(sending -> {
                sending.lines()
                        .forEach(line ->
                                reservations.add(new Held(order, Optional.of(created.id()), sending.from(), line)));
                work.inbound(
                        created.id(),
                        new Inbound(sending.from(), false),
                        Optional.of(work.now().plus(sending.terms().sendWithin())));
            });
        });
        return Optional.of(work.ofOrder(order));
    }

    @Override
    public synchronized List<FulfillmentOrder> recordHandedOver(OrderId order, RoutingPlan plan, Instant soldAt) {
        if (work.ofOrder(order).isEmpty()) {
            plan.assignments().forEach(part -> {
                create(order, part, FulfillmentStatus.PICKED_UP);
                if (part.method() != DeliveryMethod.NONE) {
                    part.lines().forEach(line -> leave(part.facility(), line));
                }
            });
        }
        return work.ofOrder(order);
    }

    @Override
    public synchronized void consume(FulfillmentOrderId id) {
        List<Held> mine = heldFor(id);
        mine.forEach(held -> {
            leave(held.facility(), held.line());
            left.computeIfAbsent(held.order(), unknown -> new HashMap<>())
                    .merge(held.line().lineId(), held.line().quantity(), Integer::sum);
        });
        reservations.removeAll(mine);
    }

    @Override
    public synchronized void release(FulfillmentOrderId id, boolean reroute) {
        List<Held> mine = heldFor(id);
        reservations.removeAll(mine);
        if (reroute) {
            mine.forEach(held ->
                    reservations.add(new Held(held.order(), Optional.empty(), FacilityId.UNROUTED, held.line(), true)));
        }
    }

    @Override
    public synchronized void rejected(FulfillmentOrderId id, StoreReport.Ground ground) {
        List<Held> mine = heldFor(id);
        release(id, true);
        if (ground == StoreReport.Ground.NOT_FOUND) {
            mine.forEach(held -> onHand.merge(
                    new Place(held.facility(), held.line().sku()), -held.line().quantity(), Integer::sum));
        }
    }

    @Override
    public synchronized void releaseAll(OrderId order, String reason) {
        reservations.removeIf(held -> held.order().equals(order));
        waiting.remove(order);
        work.ofOrder(order).stream()
                .filter(one -> !one.status().terminal())
                .forEach(one -> work.cancelled(one.id(), reason));
    }

    @Override
    public synchronized List<Booking> record(List<Movement> several) {
        if (several.stream()
                .anyMatch(movement -> unfit.contains(movement.source().id()))) {
            throw new IllegalArgumentException("it breaks a rule");
        }
        return several.stream().map(this::book).toList();
    }

    /** It locks nothing, and books each statement once anyway. */
    @Override
    public void recordUnknown(List<Movement> several) {
        record(several);
    }

    private Booking book(Movement movement) {
        if (!movements.add(movement.source().system() + " " + movement.source().id())) {
            return Booking.without(Booking.Verdict.KNOWN);
        }
        if (movement.measure() == Measure.ON_HAND) {
            onHand.merge(
                    new Place(movement.facility(), movement.sku()),
                    movement.quantity(),
                    movement.kind().absolute() ? (before, counted) -> counted : Integer::sum);
        }
        return new Booking(Booking.Verdict.BOOKED, movement.quantity(), 0, List.of(), List.of(), List.of());
    }

    @Override
    public synchronized void bear(StockSubject place, CaseId reason) {
        onHand.computeIfPresent(new Place(place.facility(), place.sku()), (same, units) -> Math.max(0, units));
    }

    /** Whoever waits asks for himself. */
    @Override
    public void offer(Sku sku) {}

    @Override
    public Set<Sku> waitedFor() {
        return Set.of();
    }

    @Override
    public synchronized List<Balance> balances(Collection<Sku> skus) {
        return onHand.entrySet().stream()
                .filter(entry -> skus.contains(entry.getKey().sku()))
                .map(entry -> new Balance(
                        entry.getKey().facility(),
                        entry.getKey().sku(),
                        entry.getValue(),
                        reservedAt(entry.getKey().facility(), entry.getKey().sku()),
                        0,
                        0,
                        0,
                        0,
                        0))
                .toList();
    }

    /** Units that one piece of work has reserved become another's. */
    public synchronized void passOn(FulfillmentOrderId id, FulfillmentOrderId to, List<LineQuantity> lines) {
        for (LineQuantity line : lines) {
            Held held = heldFor(id).stream()
                    .filter(one -> one.line().lineId().equals(line.lineId()))
                    .findFirst()
                    .orElseThrow();
            reservations.remove(held);
            if (held.line().quantity() > line.quantity()) {
                reservations.add(held.withUnits(held.line().quantity() - line.quantity()));
            }
            reservations.add(new Held(held.order(), Optional.of(to), held.facility(), line));
        }
    }

    /** What work is sent has left where it lay, and is on no shelf. */
    public synchronized void departs(FulfillmentOrderId id, FacilityId from) {
        move(id, from, ON_ITS_WAY);
    }

    public synchronized void arrives(FulfillmentOrderId id, FacilityId to) {
        move(id, ON_ITS_WAY, to);
    }

    private void move(FulfillmentOrderId id, FacilityId from, FacilityId to) {
        heldFor(id).stream().filter(held -> held.facility().equals(from)).forEach(held -> {
            leave(from, held.line());
            onHand.merge(new Place(to, held.line().sku()), held.line().quantity(), Integer::sum);
            reservations.remove(held);
            reservations.add(new Held(held.order(), held.work(), to, held.line()));
        });
    }

    private FulfillmentOrder create(OrderId order, RoutingPlan.Assignment part, FulfillmentStatus status) {
        return work.create(order, part.facility(), part.method(), status, part.channelWork(), part.lines());
    }

    private void leave(FacilityId facility, LineQuantity line) {
        onHand.merge(new Place(facility, line.sku()), -line.quantity(), Integer::sum);
    }

    private List<Held> heldFor(FulfillmentOrderId id) {
        return reservations.stream()
                .filter(held -> held.work().filter(id::equals).isPresent())
                .toList();
    }

    private int free(FacilityId facility, Sku sku) {
        return Math.max(0, onHand(facility, sku) - reservedAt(facility, sku));
    }

    private int reservedAt(FacilityId facility, Sku sku) {
        return reservations.stream()
                .filter(held ->
                        held.facility().equals(facility) && held.line().sku().equals(sku))
                .mapToInt(held -> held.line().quantity())
                .sum();
    }
}
