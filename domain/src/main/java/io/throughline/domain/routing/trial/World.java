package io.throughline.domain.routing.trial;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.FacilityWork;
import io.throughline.domain.routing.Router;
import io.throughline.domain.routing.RoutingFacts;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.RoutingQuestion;
import io.throughline.domain.routing.StockTurnover;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What would have come of the orders by one policy: they take the stock from each other as they did, but where this policy wants it, and those
 * that wait are looked at again when it says so.
 */
final class World {
    /** An order that waits for longer than this is no clearer after the next look. */
    private static final int MOST_LOOKS = 200;

    private final RoutingPolicy policy;
    private final Surroundings surroundings;
    private final Router router;
    private final Function<Sku, StockRecord> records;
    private final Workload workload;
    private final BiConsumer<OrderId, TrialOutcome> settled;
    private final Map<Sku, Shelf> shelves = new HashMap<>();
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(Comparator.comparing(Waiting::lookAgainAt)
            .thenComparing(waiting -> waiting.recorded().at())
            .thenComparing(waiting -> waiting.order().id().value()));

    /** {@code settled} is told what became of each order. */
    World(
            RoutingPolicy policy,
            Surroundings surroundings,
            Function<Sku, StockRecord> records,
            Workload workload,
            BiConsumer<OrderId, TrialOutcome> settled) {
        this.policy = policy;
        this.surroundings = surroundings;
        this.router = new Router(surroundings.facilities(), surroundings.bundles());
        this.records = records;
        this.workload = workload;
        this.settled = settled;
    }

    private record Waiting(RecordedOrder recorded, Instant lookAgainAt, int looks, Unplaced unplaced) {
        Order order() {
            return recorded.order();
        }
    }

    void arrives(RecordedOrder recorded) {
        passTo(recorded.at());
        look(recorded, recorded.at(), 1);
    }

    /** Whoever waits then still waits. */
    void ends(Instant end) {
        passTo(end);
        queue.forEach(waiting -> leave(waiting.order(), AfterAction.Kind.WAIT, waiting.unplaced()));
        queue.clear();
    }

    private void passTo(Instant now) {
        for (Waiting next = queue.peek(); next != null && next.lookAgainAt().isBefore(now); next = queue.peek()) {
            queue.remove(next);
            look(next.recorded(), next.lookAgainAt(), next.looks() + 1);
        }
    }

    private void look(RecordedOrder recorded, Instant now, int looks) {
        Order order = recorded.order();
        RoutingQuestion question = new RoutingQuestion(
                order,
                policy,
                (facility, sku) -> surroundings.ships().test(order.key().account(), facility, sku),
                Set.of(),
                surroundings.whereabouts().of(order, policy),
                now,
                surroundings.sends());
        switch (router.route(question, facts(recorded, now))) {
            case Planned(RoutingPlan plan) -> {
                plan.assignments().forEach(part -> take(part, now));
                settled.accept(order.id(), new TrialOutcome.Placed(plan, now));
            }
            case Unplaced unplaced -> waitOrLeave(recorded, now, looks, unplaced);
        }
    }

    private void waitOrLeave(RecordedOrder recorded, Instant now, int looks, Unplaced unplaced) {
        AfterAction otherwise = unplaced.otherwise();
        Optional<Instant> next = otherwise.lookAgainAfter().map(now::plus);
        boolean over = otherwise
                .cancelAfter()
                .filter(limit -> !now.isBefore(recorded.at().plus(limit)))
                .isPresent();
        if (next.isEmpty() || over) {
            leave(recorded.order(), otherwise.kind(), unplaced);
        } else if (looks == MOST_LOOKS) {
            leave(recorded.order(), AfterAction.Kind.WAIT, unplaced);
        } else {
            queue.add(new Waiting(recorded, next.get(), looks, unplaced));
        }
    }

    private void leave(Order order, AfterAction.Kind kind, Unplaced unplaced) {
        settled.accept(order.id(), new TrialOutcome.Left(kind, unplaced));
    }

    private RoutingFacts facts(RecordedOrder recorded, Instant now) {
        Map<FacilityId, Map<Sku, Integer>> stock = new HashMap<>();
        Map<FacilityId, Map<Sku, StockTurnover>> turnover = new HashMap<>();
        Map<Sku, String> brands = new HashMap<>();
        parts(recorded.order()).forEach(sku -> {
            Shelf shelf = shelf(sku);
            shelf.record().brand().ifPresent(brand -> brands.put(sku, brand));
            shelf.at(now).forEach((facility, units) -> {
                if (units > 0) {
                    put(stock, facility, sku, units);
                    if (policy.mindsTurnover()) {
                        put(turnover, facility, sku, shelf.record().turnover(facility, units));
                    }
                }
            });
        });
        Map<FacilityId, FacilityWork> work = policy.mindsWork() ? workload.at(now) : Map.of();
        return new RoutingFacts(stock, work, turnover, brands, recorded.shipBy());
    }

    private Stream<Sku> parts(Order order) {
        return order.deliveries().stream()
                .flatMap(delivery -> delivery.lines().stream())
                .flatMap(line -> bundles().partsOf(line.sku()).stream())
                .map(Bundles.Part::sku)
                .distinct();
    }

    private static <V> void put(Map<FacilityId, Map<Sku, V>> all, FacilityId facility, Sku sku, V value) {
        all.computeIfAbsent(facility, unknown -> new HashMap<>()).put(sku, value);
    }

    private void take(Assignment part, Instant now) {
        take(part.facility(), part.own());
        part.sent().ifPresent(sending -> take(sending.from(), sending.lines()));
        workload.give(part.facility(), now);
    }

    private void take(FacilityId from, List<LineQuantity> lines) {
        for (LineQuantity goods : LineQuantity.goods(lines, bundles())) {
            shelf(goods.sku()).take(from, goods.quantity());
        }
    }

    private Shelf shelf(Sku sku) {
        return shelves.computeIfAbsent(sku, unknown -> new Shelf(records.apply(unknown)));
    }

    private Bundles bundles() {
        return surroundings.bundles();
    }
}
