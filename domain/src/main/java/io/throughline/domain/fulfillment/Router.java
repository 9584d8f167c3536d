package io.throughline.domain.fulfillment;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which facility does what: the nearest allowed one that can serve all lines of a delivery, else as few as possible
 * ({@link Splitting}). A pickup or a till sale stays where the customer is.
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
        Splitting splitting = new Splitting(bundles, new Proximity(order), new FreeStock(bundles, available));
        List<RoutingPlan.Assignment> assignments = new ArrayList<>();
        boolean fewest = true;
        for (Delivery delivery : order.deliveries()) {
            if (delivery.method() == DeliveryMethod.NONE) {
                continue;
            }
            List<Facility> candidates = candidates(order, delivery, excluded);
            Optional<Split> split = delivery.method() == DeliveryMethod.CARRIED_OUT
                    ? candidates.stream().findFirst().map(facility -> Split.allTo(facility, delivery.lines()))
                    : splitting.share(delivery.lines(), candidates);
            if (split.isEmpty()) {
                return Optional.empty();
            }
            split.get().shares().forEach(share -> assignments.add(assignment(share, delivery)));
            fewest &= split.get().fewest();
        }
        return Optional.of(new RoutingPlan(assignments, explain(assignments, fewest)));
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
                        .min(new Proximity(order))
                        .map(facility -> new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        facility.id(), DeliveryMethod.NONE, Optional.empty(), sold)),
                                "nothing to hand over; it belongs to " + facility.id()));
    }

    private List<Facility> candidates(Order order, Delivery delivery, Set<FacilityId> excluded) {
        return serving(order)
                .filter(facility ->
                        delivery.facility().map(facility.id()::equals).orElse(true))
                .filter(facility -> facility.methods().contains(delivery.method()))
                .filter(facility -> !excluded.contains(facility.id()))
                .sorted(new Proximity(order))
                .toList();
    }

    private Stream<Facility> serving(Order order) {
        return facilities.stream()
                .filter(facility -> facility.serves().contains(order.key().account()));
    }

    private static RoutingPlan.Assignment assignment(Split.Share share, Delivery delivery) {
        return new RoutingPlan.Assignment(
                share.facility().id(), delivery.method(), delivery.channelWork(), share.lines());
    }

    private static String explain(List<RoutingPlan.Assignment> assignments, boolean fewest) {
        if (assignments.size() == 1) {
            return "nearest allowed facility with all lines: "
                    + assignments.getFirst().facility();
        }
        String parts = assignments.stream()
                .map(part -> part.facility() + " (" + part.units() + ")")
                .collect(Collectors.joining(", "));
        return "no single facility has all lines; "
                + (fewest ? "fewest splits: " : "few splits, for not every combination was tried: ") + parts;
    }
}
