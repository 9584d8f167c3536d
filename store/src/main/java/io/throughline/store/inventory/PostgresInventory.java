package io.throughline.store.inventory;

import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.inventory.StockRejection;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.domain.routing.RoutingFacts;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.fulfillment.RoutingRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.Reservations.Coverage;
import io.throughline.store.inventory.Reservations.Reserved;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The truth about stock, in PostgreSQL. Locks are taken in one order: the order's row, balances by SKU and facility, the order's
 * trace. What must not be oversold is decided under the lock of the SKU's virtual balance, by statements that begin after it was got.
 */
public final class PostgresInventory implements InventoryLedger {
    private static final String ASKED = "asked";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;
    private final StockRules rules;
    private final CaseWriter cases;
    private final Balances balances;
    private final Movements movements;
    private final Commitments commitments;
    private final Backorders backorders;
    private final BasketContents baskets;

    public PostgresInventory(
            Transactions transactions, TraceWriter trace, CaseWriter cases, Clock clock, StockRules rules) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
        this.rules = rules;
        this.balances = new Balances(rules.safetyStocks());
        this.cases = cases;
        this.movements =
                new Movements(rules, balances, new Shortfalls(rules.authorities(), cases, trace), new StockLine(trace));
        this.backorders = new Backorders(balances, rules.preorders());
        this.commitments = new Commitments(rules.bundles(), balances, backorders);
        this.baskets = new BasketContents(balances);
    }

    @Override
    public Commitment commit(OrderId order, List<LineQuantity> needs, Terms terms) {
        return transactions.in(handle -> {
            Telling telling = new Telling();
            Set<Place> givenBack = Reservations.lockOrderOfBasket(handle, order)
                    ? takeOverBasket(handle, order, components(needs), terms.among(), telling)
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

    @Override
    public Commitment askAnew(OrderId order, List<LineQuantity> lines, List<LineQuantity> needs, Terms terms) {
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
            List<LineQuantity> given = Reservations.reduce(handle, order, wanted);
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
            Handle handle, OrderId order, List<LineQuantity> parts, Set<FacilityId> among, Telling telling) {
        Optional<String> basket = BasketRows.lockClaimed(handle, order, clock.instant());
        basket.ifPresent(taken -> telling.tookOver(order, taken));
        return basket.map(taken -> baskets.handOver(handle, taken, order, parts, among))
                .orElse(Set.of());
    }

    @Override
    public OrderStock stockOf(OrderId order) {
        return transactions.with(handle -> Reservations.troubled(handle, order));
    }

    @Override
    public void promiseTold(OrderId order, int number) {
        transactions.run(handle -> OrderPromises.told(handle, order, number));
    }

    @Override
    public Map<FacilityId, Map<Sku, Integer>> availability(Collection<Sku> skus) {
        return whole(skus, balances(parts(skus)), Balance::availableToPromise);
    }

    @Override
    public RoutingFacts routingFacts(OrderId order, Collection<Sku> skus, Optional<Instant> hourAgo) {
        return transactions.with(handle -> {
            Set<Sku> parts = parts(skus);
            BusyPlaces places = hourAgo.map(since -> BusyPlaces.of(handle, balances, parts, since))
                    .orElseGet(() -> new BusyPlaces(balances.of(handle, parts), Map.of()));
            Dependents dependents = Dependents.of(handle, order, places.balances());
            return new RoutingFacts(whole(skus, places.balances(), dependents::most), places.work());
        });
    }

    private Set<Sku> parts(Collection<Sku> skus) {
        return skus.stream()
                .flatMap(sku -> rules.bundles().partsOf(sku).stream())
                .map(Part::sku)
                .collect(Collectors.toSet());
    }

    /** What can be had of each SKU, bundles too, by what can be had of each component. */
    private Map<FacilityId, Map<Sku, Integer>> whole(
            Collection<Sku> skus, List<Balance> there, ToIntFunction<Balance> units) {
        Map<FacilityId, Map<Sku, Integer>> byPart = new TreeMap<>();
        there.stream()
                .filter(balance -> !balance.facility().equals(FacilityId.UNROUTED))
                .forEach(balance -> byPart.computeIfAbsent(balance.facility(), facility -> new TreeMap<>())
                        .put(balance.sku(), units.applyAsInt(balance)));
        Map<FacilityId, Map<Sku, Integer>> availability = new TreeMap<>();
        byPart.forEach((facility, parts) -> {
            Map<Sku, Integer> whole = new TreeMap<>();
            skus.stream()
                    .filter(sku ->
                            rules.bundles().partsOf(sku).stream().allMatch(part -> parts.containsKey(part.sku())))
                    .forEach(sku ->
                            whole.put(sku, rules.bundles().unitsFrom(sku, part -> parts.getOrDefault(part, 0))));
            availability.put(facility, whole);
        });
        return availability;
    }

    @Override
    public Optional<List<FulfillmentOrder>> allocate(OrderId order, RoutingPlan plan) {
        return allocate(order, plan, false);
    }

    @Override
    public Optional<List<FulfillmentOrder>> allocateAgain(OrderId order, RoutingPlan plan) {
        return allocate(order, plan, true);
    }

    private Optional<List<FulfillmentOrder>> allocate(OrderId order, RoutingPlan plan, boolean again) {
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
                    .forEach(left -> Reservations.hold(handle, Holder.of(order), List.of(left.units()), left.among()));
            created.forEach(work -> Reservations.confirm(handle, work, components(work.lines())));
            Balances.reserve(handle, allocation.get().changes());
            RoutingRows.put(handle, order, RoutingDecision.of(plan), clock.instant());
            Telling telling = new Telling().work(order, "work.allocated", plan, created);
            // Until it had a facility, this demand stood before whoever waits, also for stock that it does not take.
            offer(handle, allocation.get().taken().keySet(), order + " takes its stock from elsewhere", telling);
            telling.write(handle, trace);
            return Optional.of(FulfillmentRows.ofOrder(handle, order));
        });
    }

    private boolean fits(Handle handle, OrderId order, Allocation allocation) {
        Map<Place, Balance> locked = balances.lock(handle, allocation.places());
        return allocation.fits(locked)
                && (allocation.leavesPlenty(locked)
                        || Dependents.of(handle, order, balances.of(handle, allocation.skus()))
                                .allow(allocation.given()));
    }

    @Override
    public List<FulfillmentOrder> recordHandedOver(OrderId order, RoutingPlan plan, Instant soldAt) {
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

    @Override
    public void consume(FulfillmentOrderId id) {
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
            Booking booking = sell(handle, id, rows.getFirst().place().facility(), lines(rows), leftAt, after);
            movements.settle(handle, before, after, id + " has left, which");
            new Telling()
                    .units(id.order(), "stock.consumed", id + " has left", lines(rows), Map.of())
                    .left(id.order(), booking)
                    .write(handle, trace);
        });
    }

    @Override
    public void release(FulfillmentOrderId id, boolean reroute) {
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
            Map<Place, Balance> locked = balances.lock(handle, withUnrouted(changes.keySet()));
            Reservations.become(handle, rows, Reservations.State.RELEASED);
            if (reroute) {
                Reservations.hold(handle, Holder.of(id.order()), lines(rows), Set.of());
            }
            Balances.reserve(handle, changes);
            movements.settle(
                    handle, locked, Balances.reserved(locked, changes), id + " has given its stock back, which");
            Telling telling = new Telling()
                    .units(
                            id.order(),
                            "stock.released",
                            id + (reroute ? " gives its stock back, the demand stays" : " gives its stock back"),
                            lines(rows),
                            Map.of());
            if (!reroute) {
                offer(handle, changes.keySet(), id + " gave it back", telling);
            }
            telling.write(handle, trace);
        });
    }

    /**
     * Takes units from work whose facility does not do them, as part of another noun's transaction that holds the order's row: their demand
     * has no facility any more, and the stock becomes what the rejection says.
     */
    public void giveBack(Handle handle, FulfillmentOrder work, List<LineQuantity> lines, StockRejection rejection) {
        Map<Place, Integer> taken = new HashMap<>();
        components(lines)
                .forEach(part -> taken.merge(new Place(part.sku(), work.facility()), part.quantity(), Integer::sum));
        Map<Place, Balance> locked = balances.lock(handle, withUnrouted(taken.keySet()));
        List<LineQuantity> given = Reservations.giveBack(handle, work.id(), components(lines));
        Map<Place, Integer> changes = new HashMap<>();
        given.forEach(part -> {
            changes.merge(new Place(part.sku(), work.facility()), -part.quantity(), Integer::sum);
            changes.merge(Place.unrouted(part.sku()), part.quantity(), Integer::sum);
        });
        Reservations.hold(handle, Holder.of(work.id().order()), given, Set.of());
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
     * Gives back what is reserved at no facility yet beyond an order's needs, as part of another noun's transaction that holds the order's
     * row. What of it waits for supply is given up first, when the order is allotted the next time.
     */
    public void reduce(Handle handle, OrderId order, List<LineQuantity> needs) {
        Set<Place> unrouted = Reservations.open(handle, Holder.of(order)).stream()
                .map(row -> Place.unrouted(row.place().sku()))
                .collect(Collectors.toSet());
        if (unrouted.isEmpty()) {
            return;
        }
        balances.lock(handle, unrouted);
        // Only now: what waited for supply may have been freed before the locks were got.
        List<LineQuantity> given = Reservations.reduce(handle, order, surplus(handle, order, needs));
        if (given.isEmpty()) {
            return;
        }
        Map<Place, Integer> changes = new HashMap<>();
        given.forEach(part -> changes.merge(Place.unrouted(part.sku()), -part.quantity(), Integer::sum));
        Balances.reserve(handle, changes);
        Telling telling =
                new Telling().units(order, "stock.released", order + " needs less than was reserved", given, Map.of());
        offer(handle, changes.keySet(), order + " needs less", telling);
        telling.write(handle, trace);
    }

    private Map<Commitments.LinePart, Integer> surplus(Handle handle, OrderId order, List<LineQuantity> needs) {
        Map<Commitments.LinePart, Integer> surplus = new HashMap<>();
        Reservations.open(handle, Holder.of(order))
                .forEach(row -> surplus.merge(row.part(), row.quantity(), Integer::sum));
        components(needs).forEach(part -> surplus.merge(Commitments.LinePart.of(part), -part.quantity(), Integer::sum));
        Backorders.of(handle, Holder.of(order))
                .forEach(row -> surplus.computeIfPresent(
                        Commitments.LinePart.of(row), (part, units) -> Math.max(0, units - row.quantity())));
        surplus.values().removeIf(units -> units <= 0);
        return surplus;
    }

    @Override
    public void releaseAll(OrderId order, String reason) {
        transactions.run(handle -> {
            Set<Place> ofBasket = Reservations.lockOrderOfBasket(handle, order) ? endBasket(handle, order) : Set.of();
            Set<Place> places = Reservations.open(handle, Holder.of(order)).stream()
                    .map(Reserved::place)
                    .collect(Collectors.toSet());
            Map<Place, Balance> locked = places.isEmpty() ? Map.of() : balances.lock(handle, withUnrouted(places));
            // Read again: what waited for supply may have been freed before the locks were got.
            List<Reserved> rows = places.isEmpty() ? List.of() : Reservations.open(handle, Holder.of(order));
            if (!rows.isEmpty()) {
                Map<Place, Integer> changes = Reservations.negated(Reservations.sums(rows));
                Reservations.become(handle, rows, Reservations.State.RELEASED);
                Balances.reserve(handle, changes);
                movements.settle(
                        handle, locked, Balances.reserved(locked, changes), order + " has given its stock back, which");
            }
            List<String> cancelled = FulfillmentRows.cancelOpen(handle, order, reason);
            Telling telling = new Telling();
            if (!rows.isEmpty() || !cancelled.isEmpty()) {
                telling.units(
                        order,
                        "stock.released",
                        "everything reserved is given back: " + reason,
                        lines(rows),
                        Map.of("reason", reason, "cancelled", String.join(", ", cancelled)));
            }
            places.addAll(ofBasket);
            if (rows.stream().anyMatch(row -> row.state() == Reservations.State.BACKORDERED)) {
                telling.waitsOtherwise(order);
            }
            offer(handle, places, order + " gave it back", telling);
            telling.write(handle, trace);
        });
    }

    @Override
    public void releaseRest(OrderId order, String reason) {
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
                            lines(rows),
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

    /** What has become free goes first to whoever has waited for it longest. */
    private void offer(Handle handle, Set<Place> places, String cause, Telling telling) {
        backorders.offer(handle, places, cause, clock.instant(), telling);
    }

    private static Set<Place> withUnrouted(Set<Place> places) {
        Set<Place> all = new HashSet<>(places);
        places.forEach(place -> all.add(Place.unrouted(place.sku())));
        return all;
    }

    @Override
    public List<Booking> record(List<Movement> movements) {
        List<Booking> bookings = transactions.in(handle -> bookOrKeep(handle, movements));
        Set<Feed> heard = movements.stream()
                .filter(movement -> !movement.source().own())
                .map(movement -> new Feed(movement.source().system(), movement.facility()))
                .collect(Collectors.toSet());
        heard.forEach(feed ->
                transactions.run(handle -> Feeds.heard(handle, feed.system(), feed.facility(), clock.instant())));
        return bookings;
    }

    private record Feed(String system, FacilityId facility) {}

    /** What a system counts of a bundle says nothing of any component. People of ours are told so when they count one. */
    private boolean books(Movement told) {
        boolean levelOfBundle = told.kind().absolute() && rules.bundles().isBundle(told.sku());
        return rules.authorities().moves(told) && (told.source().own() || !levelOfBundle);
    }

    /** Takes in several statements, under locks that are got all at once and so in the one order. */
    List<Booking> bookOrKeep(Handle handle, List<Movement> stated) {
        Map<Place, Balance> locked = lock(
                handle,
                stated.stream()
                        .filter(this::books)
                        .flatMap(movement -> movements.parts(movement).stream())
                        .toList());
        Telling telling = new Telling();
        List<Booking> bookings = new ArrayList<>();
        for (Movement movement : stated) {
            Booking booking = books(movement)
                    ? book(handle, movements.parts(movement), locked)
                    : Observations.keep(handle, movement, clock.instant());
            telling.booking(booking, movement.cause());
            bookings.add(booking);
        }
        telling.write(handle, trace);
        return bookings;
    }

    /**
     * Books statements of Throughline's own as part of another noun's transaction, whose locks come before those of balances, and whose
     * trace comes after.
     */
    public Booking record(Handle handle, List<Movement> statements, String cause) {
        List<Movement> parts = statements.stream()
                .flatMap(statement -> movements.parts(statement).stream())
                .toList();
        Booking booking = book(handle, parts, lock(handle, parts));
        new Telling().booking(booking, cause).write(handle, trace);
        return booking;
    }

    private Map<Place, Balance> lock(Handle handle, List<Movement> parts) {
        return balances.lock(
                handle,
                parts.stream()
                        .flatMap(part -> movements.places(handle, part).stream())
                        .collect(Collectors.toSet()));
    }

    private Booking book(Handle handle, List<Movement> parts, Map<Place, Balance> locked) {
        return parts.stream()
                .map(part -> movements.book(handle, part, locked, clock.instant()))
                .reduce(Booking::and)
                .orElseGet(() -> Booking.without(Booking.Verdict.KNOWN));
    }

    @Override
    public void bear(StockSubject subject, CaseId reason) {
        transactions.run(handle -> {
            Place place = new Place(subject.sku(), subject.facility());
            Map<Place, Balance> locked = balances.lock(handle, withUnrouted(Set.of(place)));
            Optional<Case> open =
                    Shortfalls.current(handle, subject).filter(one -> one.id().equals(reason));
            if (open.isEmpty()) {
                return;
            }
            int missing = Objects.requireNonNull(locked.get(place)).shortfall();
            if (missing > 0) {
                Instant now = clock.instant();
                movements.book(handle, Movement.bearing(subject, missing, reason, now), locked, now);
            }
            cases.close(handle, reason, "borne: " + missing + " units are adjusted");
        });
    }

    @Override
    public void offer(Sku sku) {
        transactions.run(handle -> {
            balances.lock(handle, Set.of(Place.unrouted(sku)));
            Telling telling = new Telling();
            backorders.goOn(handle, sku, "more of it is there", clock.instant(), telling);
            telling.write(handle, trace);
        });
    }

    @Override
    public Set<Sku> waitedFor() {
        return transactions.with(Backorders::skus);
    }

    @Override
    public List<Balance> balances(Collection<Sku> skus) {
        return transactions.with(handle -> balances.of(handle, skus));
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

    private List<LineQuantity> components(List<LineQuantity> lines) {
        return LineQuantity.goods(lines, rules.bundles());
    }

    private RoutingPlan ofComponents(RoutingPlan plan) {
        return new RoutingPlan(
                plan.assignments().stream()
                        .map(part -> new RoutingPlan.Assignment(
                                part.facility(), part.method(), part.channelWork(), components(part.lines())))
                        .toList(),
                plan.reason(),
                plan.considered());
    }

    private static List<LineQuantity> lines(List<Reserved> rows) {
        return rows.stream().map(Reserved::asLine).toList();
    }

    private boolean nothingConfirmed(FulfillmentOrderId id) {
        return transactions.with(handle -> Reservations.confirmed(handle, id).isEmpty());
    }
}
