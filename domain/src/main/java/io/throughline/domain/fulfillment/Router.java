package io.throughline.domain.fulfillment;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides which facility does what: the nearest allowed one that can serve all lines of a delivery, else as few as possible, each
 * time the one that serves most of what is left (the nearer one when equal). A pickup or a till sale stays where the customer is.
 */
public final class Router {
    private final List<Facility> facilities;
    private final Bundles bundles;

    public Router(List<Facility> facilities, Bundles bundles) {
        this.facilities = List.copyOf(facilities);
        this.bundles = bundles;
    }

    /** The facilities that may work for this order at all. */
    public Set<FacilityId> allowed(Order order) {
        return Set.copyOf(order.deliveries().stream()
                .filter(delivery -> delivery.method() != DeliveryMethod.NONE)
                .flatMap(delivery -> candidates(order, delivery, Set.of()).stream())
                .map(Facility::id)
                .toList());
    }

    /**
     * Empty when the stock at hand can't serve the whole order. {@code available} tells of the components of bundles, which lie together
     * in the facility that hands the bundle over; {@code excluded} facilities are left out.
     */
    public Optional<RoutingPlan> plan(
            Order order, Map<FacilityId, Map<Sku, Integer>> available, Set<FacilityId> excluded) {
        Stock stock = new Stock(available);
        List<RoutingPlan.Assignment> assignments = new ArrayList<>();
        for (Delivery delivery : order.deliveries()) {
            if (delivery.method() == DeliveryMethod.NONE) {
                continue;
            }
            List<Facility> candidates = candidates(order, delivery, excluded);
            Optional<List<RoutingPlan.Assignment>> parts = delivery.method() == DeliveryMethod.CARRIED_OUT
                    ? candidates.stream()
                            .findFirst()
                            .map(facility -> List.of(assignment(facility, delivery, delivery.lines())))
                    : serve(delivery, candidates, stock);
            if (parts.isEmpty()) {
                return Optional.empty();
            }
            assignments.addAll(parts.get());
        }
        return Optional.of(new RoutingPlan(assignments, explain(assignments)));
    }

    /**
     * For an order of which nothing is handed over, such as one of gift cards: it belongs to the facility that would be nearest, in
     * whose books and on whose business day it is invoiced. Empty when no facility serves its channel, or nothing was sold.
     */
    public Optional<RoutingPlan> planWithoutGoods(Order order) {
        List<LineQuantity> sold = order.deliveries().stream()
                .filter(delivery -> delivery.method() == DeliveryMethod.NONE)
                .flatMap(delivery -> delivery.lines().stream())
                .toList();
        return sold.isEmpty()
                ? Optional.empty()
                : serving(order)
                        .min(nearest(order))
                        .map(facility -> new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        facility.id(), DeliveryMethod.NONE, Optional.empty(), sold)),
                                "nothing to hand over; it belongs to " + facility.id()));
    }

    private static Optional<List<RoutingPlan.Assignment>> serve(
            Delivery delivery, List<Facility> candidates, Stock stock) {
        List<LineQuantity> left = delivery.lines();
        List<Facility> unused = new ArrayList<>(candidates);
        List<RoutingPlan.Assignment> parts = new ArrayList<>();
        while (!left.isEmpty()) {
            List<LineQuantity> wanted = left;
            // The candidates are sorted by distance and max() keeps the first of equals.
            Optional<Facility> best = unused.stream()
                    .max(Comparator.comparingInt(facility -> units(stock.servable(facility.id(), wanted))));
            if (best.isEmpty() || stock.servable(best.get().id(), wanted).isEmpty()) {
                return Optional.empty();
            }
            List<LineQuantity> served = stock.servable(best.get().id(), wanted);
            stock.take(best.get().id(), served);
            parts.add(assignment(best.get(), delivery, served));
            unused.remove(best.get());
            left = minus(wanted, served);
        }
        return Optional.of(parts);
    }

    private List<Facility> candidates(Order order, Delivery delivery, Set<FacilityId> excluded) {
        return serving(order)
                .filter(facility ->
                        delivery.facility().map(facility.id()::equals).orElse(true))
                .filter(facility -> facility.methods().contains(delivery.method()))
                .filter(facility -> !excluded.contains(facility.id()))
                .sorted(nearest(order))
                .toList();
    }

    private Stream<Facility> serving(Order order) {
        return facilities.stream()
                .filter(facility -> facility.serves().contains(order.key().account()));
    }

    private static Comparator<Facility> nearest(Order order) {
        Optional<GeoPoint> to = order.destination().flatMap(destination -> destination.point());
        String country =
                order.destination().map(destination -> destination.country()).orElse("");
        return Comparator.comparing((Facility facility) -> !facility.country().equals(country))
                .thenComparing(
                        facility -> to.map(facility.point()::kilometresTo).orElse(0.0))
                .thenComparing(facility -> facility.kind() == Facility.Kind.STORE)
                .thenComparing(Facility::id);
    }

    private static RoutingPlan.Assignment assignment(Facility facility, Delivery delivery, List<LineQuantity> lines) {
        return new RoutingPlan.Assignment(facility.id(), delivery.method(), delivery.channelWork(), lines);
    }

    private static List<LineQuantity> minus(List<LineQuantity> wanted, List<LineQuantity> served) {
        Map<String, Integer> done = new HashMap<>();
        served.forEach(part -> done.merge(part.lineId(), part.quantity(), Integer::sum));
        return wanted.stream()
                .filter(part -> part.quantity() > done.getOrDefault(part.lineId(), 0))
                .map(part -> new LineQuantity(
                        part.lineId(), part.sku(), part.quantity() - done.getOrDefault(part.lineId(), 0)))
                .toList();
    }

    private static int units(List<LineQuantity> lines) {
        return lines.stream().mapToInt(LineQuantity::quantity).sum();
    }

    private static String explain(List<RoutingPlan.Assignment> assignments) {
        return assignments.size() == 1
                ? "nearest allowed facility with all lines: "
                        + assignments.getFirst().facility()
                : "no single facility has all lines; fewest splits: "
                        + String.join(
                                ", ",
                                assignments.stream()
                                        .map(part -> part.facility() + " (" + units(part.lines()) + ")")
                                        .toList());
    }

    /** What is still free while a plan is being made. */
    private final class Stock {
        private final Map<FacilityId, Map<Sku, Integer>> free = new HashMap<>();

        Stock(Map<FacilityId, Map<Sku, Integer>> available) {
            available.forEach((facility, bySku) -> free.put(facility, new HashMap<>(bySku)));
        }

        List<LineQuantity> servable(FacilityId facility, List<LineQuantity> wanted) {
            Map<Sku, Integer> here = new HashMap<>(free.getOrDefault(facility, Map.of()));
            List<LineQuantity> parts = new ArrayList<>();
            for (LineQuantity line : wanted) {
                int units = Math.min(line.quantity(), bundles.unitsFrom(line.sku(), sku -> here.getOrDefault(sku, 0)));
                if (units > 0) {
                    LineQuantity part = new LineQuantity(line.lineId(), line.sku(), units);
                    parts.add(part);
                    subtract(part, here);
                }
            }
            return parts;
        }

        void take(FacilityId facility, List<LineQuantity> lines) {
            Map<Sku, Integer> here = free.computeIfAbsent(facility, unknown -> new HashMap<>());
            lines.forEach(line -> subtract(line, here));
        }

        private void subtract(LineQuantity line, Map<Sku, Integer> here) {
            bundles.partsOf(line.sku())
                    .forEach(part -> here.merge(part.sku(), -line.quantity() * part.units(), Integer::sum));
        }
    }
}
