package io.throughline.domain.routing;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.RoutingPlan.Assignment;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.routing.RoutingOutcome.Planned;
import io.throughline.domain.routing.RoutingOutcome.Unplaced;
import io.throughline.domain.transfer.OrderTransferRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which facility does what, by the rules of a policy: each delivery goes to those whom the first rule that fits and finds somebody has
 * chosen. A pickup or a till sale stays where the customer is; what a store has not may be sent to it.
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
        return order.deliveries().stream()
                .filter(Router::isToBeGivenOut)
                .flatMap(delivery -> able(order, delivery))
                .map(Facility::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The same with those who may send what is collected elsewhere. Bundles are not sent, so what else is collected with one must be there, too:
     * else goods would be kept for an order that no plan could serve.
     */
    public Set<FacilityId> allowed(Order order, OrderTransferRules sends) {
        Stream<FacilityId> senders = order.deliveries().stream()
                .filter(delivery -> delivery.method() == DeliveryMethod.PICKUP)
                .filter(delivery -> delivery.lines().stream().noneMatch(line -> bundles.isBundle(line.sku())))
                .flatMap(delivery -> delivery.facility().stream())
                .distinct()
                .flatMap(store -> facilities.stream()
                        .map(Facility::id)
                        .filter(from -> sends.of(from, store).isPresent()));
        return Stream.concat(allowed(order).stream(), senders).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * From where each line of the order may be served: those of its deliveries, and of what is shipped by rules only who {@code gives} just that. Where
     * the customer has chosen, what was promised is kept whatever has been switched off since.
     */
    public Map<String, Set<FacilityId>> places(
            Order order, OrderTransferRules sends, BiPredicate<FacilityId, Sku> gives) {
        Map<String, Set<FacilityId>> places = new HashMap<>();
        for (Delivery delivery : order.deliveries()) {
            if (delivery.method() == DeliveryMethod.NONE) {
                continue;
            }
            Set<FacilityId> able = allowed(order.withDeliveries(List.of(delivery)), sends);
            boolean byRules = delivery.method() == DeliveryMethod.SHIPPING
                    && delivery.facility().isEmpty();
            for (LineQuantity line : delivery.lines()) {
                Set<FacilityId> ofLine = places.computeIfAbsent(line.lineId(), first -> new HashSet<>());
                able.stream()
                        .filter(facility -> !byRules || gives.test(facility, line.sku()))
                        .forEach(ofLine::add);
            }
        }
        return places;
    }

    /**
     * A plan that serves the whole order with the stock at hand, or what the rules want when there is none. The stock tells of the components
     * of bundles, which lie together in the facility that hands the bundle over.
     */
    public RoutingOutcome route(RoutingQuestion question, RoutingFacts facts) {
        RoutingPass pass = new RoutingPass(question, facts, bundles);
        List<Delivery> deliveries = question.order().deliveries().stream()
                .filter(Router::isToBeGivenOut)
                .toList();
        // What can only come from one place goes first: whoever may be served from anywhere takes none of it.
        for (Delivery chosen :
                deliveries.stream().filter(one -> one.facility().isPresent()).toList()) {
            List<Facility> able = able(question.order(), chosen).toList();
            Optional<Unplaced> unplaced = pass.asChosen(chosen, able, facilities);
            if (unplaced.isPresent()) {
                return with(unplaced.get(), question.order(), chosen);
            }
        }
        List<Delivery> free =
                deliveries.stream().filter(one -> one.facility().isEmpty()).toList();
        return together(question, pass, free) ? new Planned(pass.plan()) : oneByOne(question, pass, free);
    }

    /**
     * What leaves by one method is shared out as one: what its channel has cut by locations comes from one place, if one has it, and a rule's limit on
     * parcels is the order's. False: nobody was found for all of it.
     */
    private boolean together(RoutingQuestion question, RoutingPass pass, List<Delivery> free) {
        boolean oneMethod = free.stream().map(Delivery::method).distinct().count() == 1;
        return oneMethod
                && free.size() > 1
                && pass.together(free, able(question.order(), free.getFirst()).toList());
    }

    private RoutingOutcome oneByOne(RoutingQuestion question, RoutingPass pass, List<Delivery> free) {
        for (Delivery delivery : free) {
            Optional<Unplaced> unplaced =
                    pass.byRules(delivery, able(question.order(), delivery).toList());
            if (unplaced.isPresent()) {
                return with(unplaced.get(), question.order(), delivery);
            }
        }
        return new Planned(pass.plan());
    }

    /** What was carried out of a store has left, and what is no goods never leaves. */
    private static boolean isToBeGivenOut(Delivery delivery) {
        return delivery.method() != DeliveryMethod.NONE && delivery.method() != DeliveryMethod.CARRIED_OUT;
    }

    /** The facilities, the nearest first, from which the whole delivery could be had if the customer chose them. */
    public List<FacilityId> choices(RoutingQuestion question, RoutingFacts facts, Delivery delivery) {
        return able(question.order(), delivery)
                .sorted(new Proximity(question.order()))
                .filter(facility -> new RoutingPass(question.withoutSending(), facts, bundles)
                        .asChosen(delivery, List.of(facility), List.of())
                        .isEmpty())
                .map(Facility::id)
                .toList();
    }

    /** The other deliveries may be served from wherever they might have been. */
    private Unplaced with(Unplaced unplaced, Order order, Delivery failed) {
        Set<FacilityId> among = new HashSet<>(unplaced.among());
        among.addAll(allowed(order.withDeliveries(order.deliveries().stream()
                .filter(delivery -> !delivery.equals(failed))
                .toList())));
        return new Unplaced(unplaced.summary(), unplaced.considered(), unplaced.otherwise(), among);
    }

    /** For what of an order was taken away at a till, which asks for no stock. Empty when no facility of that till is known. */
    public Optional<RoutingPlan> planCarriedOut(Order order) {
        List<Assignment> assignments = new ArrayList<>();
        for (Delivery delivery : order.deliveries()) {
            if (delivery.method() != DeliveryMethod.CARRIED_OUT) {
                continue;
            }
            Optional<Facility> till = able(order, delivery).min(new Proximity(order));
            if (till.isEmpty()) {
                return Optional.empty();
            }
            assignments.add(
                    new Assignment(till.get().id(), delivery.method(), delivery.channelWork(), delivery.lines()));
        }
        return Optional.of(new RoutingPlan(
                assignments, "taken away at " + assignments.getFirst().facility()));
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
                                List.of(new Assignment(facility.id(), DeliveryMethod.NONE, Optional.empty(), sold)),
                                "nothing to hand over; it belongs to " + facility.id()));
    }

    private Stream<Facility> able(Order order, Delivery delivery) {
        return serving(order)
                .filter(facility ->
                        delivery.facility().map(facility.id()::equals).orElse(true))
                .filter(facility -> facility.methods().contains(delivery.method()))
                .filter(facility -> !hasSoldForOthers(order, delivery, facility));
    }

    /** What a store has sold because it has it not, or not to give away, others ship. */
    private static boolean hasSoldForOthers(Order order, Delivery delivery, Facility facility) {
        return delivery.method() == DeliveryMethod.SHIPPING
                && order.soldAt().filter(facility.id()::equals).isPresent();
    }

    private Stream<Facility> serving(Order order) {
        return facilities.stream()
                .filter(facility -> facility.serves().contains(order.key().account()));
    }
}
