package io.throughline.activities.fulfillment;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Router;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds and allots the facilities that do an order's work: a pure decision on the stock as read, taken again if that has changed. */
public final class Routing {
    private static final int TRIES = 8;

    private final InventoryLedger inventory;
    private final FulfillmentOrders work;
    private final Bundles bundles;
    private final Router router;

    public Routing(InventoryLedger inventory, FulfillmentOrders work, Facilities facilities, Bundles bundles) {
        this.inventory = inventory;
        this.work = work;
        this.bundles = bundles;
        this.router = new Router(facilities.all(), bundles);
    }

    /** What came of routing: an order WAITS while anything of it is short. */
    public record Routed(Reply reply, boolean waits) {
        private static Routed at(Reply reply) {
            return new Routed(reply, false);
        }
    }

    /** Reserves and routes the whole order; what was routed before stays. */
    public Routed route(Order order, OnShortage onShortage) {
        if (!work.ofOrder(order.id()).isEmpty()) {
            return Routed.at(Reply.done("routed before"));
        }
        if (order.deliveries().stream().anyMatch(delivery -> delivery.method() == DeliveryMethod.CARRIED_OUT)) {
            return Routed.at(handedOver(
                    order, router.plan(order, Map.of(), Set.of()), "no facility of that till is configured"));
        }
        List<LineQuantity> needs = needs(order.deliveries());
        if (needs.isEmpty()) {
            return Routed.at(handedOver(
                    order, router.planWithoutGoods(order), "nothing was sold, or no facility serves its channel"));
        }
        return switch (inventory.commit(order.id(), needs, new Terms(router.allowed(order), onShortage))) {
            case Commitment.Reserved reserved -> Routed.at(place(order, Set.of()));
            case Commitment.Refused(var shortages) -> Routed.at(missing(shortages));
            case Commitment.Partly(var shortages) -> Routed.at(missing(shortages));
            case Commitment.Backordered backordered -> waits(backordered);
        };
    }

    /** Supply that nobody expects any more is not waited for: a person decides, unless stock comes after all. */
    private static Routed waits(Commitment.Backordered backordered) {
        List<String> hopeless = backordered.waiting().stream()
                .filter(waiting -> waiting.promisedAt().equals(Instant.MAX))
                .map(Commitment.Waiting::words)
                .toList();
        return hopeless.isEmpty()
                ? new Routed(Reply.done("waits for supply"), true)
                : Routed.at(Reply.refused(FailureCode.STOCK_MISSING, "it waits for " + String.join("; ", hopeless)));
    }

    private static Reply missing(List<Shortage> shortages) {
        return Reply.refused(
                FailureCode.STOCK_MISSING,
                shortages.stream()
                        .map(missing -> missing.sku() + ": " + missing.wanted() + " wanted, " + missing.available()
                                + " to be had")
                        .collect(Collectors.joining("; ")));
    }

    private Reply handedOver(Order order, Optional<RoutingPlan> planned, String otherwise) {
        return planned.map(plan -> {
                    inventory.recordHandedOver(order.id(), plan, order.placedAt());
                    return Reply.done(plan.reason());
                })
                .orElseGet(() -> Reply.refused(FailureCode.NO_FACILITY, otherwise));
    }

    /** Routes again what one facility gives back, leaving out whoever has already said no. */
    public Reply routeAgain(Order order, FulfillmentOrder givenBack) {
        List<FulfillmentOrder> all = work.ofOrder(order.id());
        if (Coverage.replaced(order, givenBack, all)) {
            return Reply.done("routed before");
        }
        Set<FacilityId> excluded = all.stream()
                .filter(one -> one.status() == FulfillmentStatus.REJECTED)
                .map(FulfillmentOrder::facility)
                .collect(Collectors.toSet());
        Delivery left = new Delivery(givenBack.method(), Optional.empty(), givenBack.channelWork(), givenBack.lines());
        return place(order.withDeliveries(List.of(left)), excluded);
    }

    private Reply place(Order order, Set<FacilityId> excluded) {
        Set<Sku> skus = needs(order.deliveries()).stream()
                .flatMap(line -> bundles.partsOf(line.sku()).stream())
                .map(Bundles.Part::sku)
                .collect(Collectors.toSet());
        for (int i = 0; i < TRIES; i++) {
            Optional<RoutingPlan> plan = router.plan(order, inventory.availability(order.id(), skus), excluded);
            if (plan.isEmpty()) {
                return Reply.refused(
                        FailureCode.NO_FACILITY, "no allowed facility has the stock that this delivery needs");
            }
            if (inventory.allocate(order.id(), plan.get()).isPresent()) {
                return Reply.done(plan.get().reason());
            }
        }
        throw SystemFailure.withoutEffect(
                FailureCode.EFFECT_IN_FLIGHT, "the stock changed under " + TRIES + " routing plans in a row", null);
    }

    private static List<LineQuantity> needs(List<Delivery> deliveries) {
        return deliveries.stream()
                .filter(delivery -> delivery.method() != DeliveryMethod.NONE)
                .flatMap(delivery -> delivery.lines().stream())
                .toList();
    }
}
