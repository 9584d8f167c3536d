package io.throughline.activities.fulfillment;

import io.throughline.domain.account.Accounts;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.LessWork;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.intervention.PlannedEdits;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.policy.Policies;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an edit at an order's channel means once its work is given out, where the order's policy plans it. What is more than anybody was given is
 * still to come, and is looked after as the rest of an order in parts; what is less is taken back, by a reroute, from whoever has not packed it yet.
 * Work that is on its way to somebody else is for its reroute to bring in line.
 */
public final class EditedWork {
    private final PlannedEdits planned;
    private final Reroutes reroutes;
    private final InventoryLedger inventory;
    private final Coverage coverage;
    private final Bundles bundles;

    public EditedWork(
            Accounts accounts,
            Policies policies,
            Reroutes reroutes,
            InventoryLedger inventory,
            Coverage coverage,
            Bundles bundles) {
        this.planned = new PlannedEdits(accounts, policies);
        this.reroutes = reroutes;
        this.inventory = inventory;
        this.coverage = coverage;
        this.bundles = bundles;
    }

    public boolean plans(OrderView order) {
        return planned.cover(order);
    }

    /** Whether anything may be to come of an order beside what is given out: by an edit, or because a part of it was carried out of the store that sold it. */
    public boolean mayFollow(OrderView order) {
        return !order.fulfillmentOrders().isEmpty()
                && (order.fulfillmentOrders().stream().anyMatch(one -> one.method() == DeliveryMethod.CARRIED_OUT)
                        || plans(order));
    }

    /**
     * Whether units are wanted that nobody was given, and that can still be seen to: they lie ready, wait, or were not asked for yet. What an order
     * that is to be cancelled has not asked for, it does not ask for any more.
     */
    public boolean follows(OrderView view, Order order) {
        if (!mayFollow(view)) {
            return false;
        }
        Map<String, Integer> toCome = toCome(order, view.fulfillmentOrders());
        if (toCome.isEmpty()) {
            return false;
        }
        OrderStock stock = inventory.stockOf(order.id());
        return toCome.keySet().stream()
                        .anyMatch(lineId ->
                                stock.outstanding(lineId, order.line(lineId).sku(), bundles) > 0)
                || (view.cancelRequestedAt().isEmpty()
                        && inventory.lacking(order.id(), coverage.toReserve(order, view.fulfillmentOrders())).stream()
                                .anyMatch(line -> toCome.containsKey(line.lineId())));
    }

    /** Units by line that are wanted, that nobody was given, and for which no reroute looks for somebody. */
    private Map<String, Integer> toCome(Order order, List<FulfillmentOrder> work) {
        Set<FulfillmentOrderId> lookedAfter = givenBack(work, reroutes.ofOrder(order.id()));
        Map<String, Integer> open = new LinkedHashMap<>();
        order.deliveries().stream()
                .filter(delivery -> delivery.method() != DeliveryMethod.NONE)
                .flatMap(delivery -> delivery.lines().stream())
                .forEach(line -> open.merge(line.lineId(), line.quantity(), Integer::sum));
        work.stream()
                .filter(one -> one.status().givenOut() || lookedAfter.contains(one.id()))
                .flatMap(one -> one.lines().stream())
                .forEach(line -> open.merge(line.lineId(), -line.quantity(), Integer::sum));
        open.values().removeIf(units -> units <= 0);
        return open;
    }

    /** What was given back, and is somebody's still to find a place for. */
    static Set<FulfillmentOrderId> givenBack(List<FulfillmentOrder> work, List<Reroute> known) {
        Set<FulfillmentOrderId> settled = known.stream()
                .filter(Reroute::leftItsFacility)
                .map(reroute -> reroute.id().work())
                .collect(Collectors.toSet());
        return work.stream()
                .filter(one -> one.status() == FulfillmentStatus.REJECTED)
                .map(FulfillmentOrder::id)
                .filter(id -> !settled.contains(id))
                .collect(Collectors.toSet());
    }

    /**
     * Asks for work back of which less is wanted, and tells in words what of that can't be had back, and what is wanted and can't be seen to. Called
     * again, it asks for nothing twice.
     */
    public List<String> bringInLine(Order order, OrderView view) {
        List<FulfillmentOrder> work = view.fulfillmentOrders();
        Set<FulfillmentOrderId> underWay = reroutes.ofOrder(order.id()).stream()
                .filter(reroute -> !reroute.ended())
                .map(reroute -> reroute.id().work())
                .collect(Collectors.toCollection(HashSet::new));
        List<FulfillmentOrder> atRest =
                work.stream().filter(one -> !underWay.contains(one.id())).toList();
        Map<String, Integer> beyond = beyond(order, atRest);
        Set<String> differing =
                new HashSet<>(view.cancelRequestedAt().isPresent() ? beyond.keySet() : takeBack(atRest, beyond));
        if (view.cancelRequestedAt().isEmpty() && !follows(view, order)) {
            differing.addAll(toCome(order, work).keySet());
        }
        return order.lines().stream()
                .filter(line -> differing.contains(line.id()))
                .map(line -> differs(line, work))
                .toList();
    }

    /** What is wanted, and was given to nobody, in words. */
    public List<String> ungiven(Order order, OrderView view) {
        List<FulfillmentOrder> work = view.fulfillmentOrders();
        Set<String> open = toCome(order, work).keySet();
        return order.lines().stream()
                .filter(line -> open.contains(line.id()))
                .map(line -> differs(line, work))
                .toList();
    }

    /** Where the work that was given out no longer covers what is wanted of a line, in words. */
    public static String differs(OrderLine line, List<FulfillmentOrder> work) {
        return line.sku() + " " + line.quantity() + " wanted, " + LessWork.givenOut(line.id(), work) + " given out";
    }

    private Map<String, Integer> beyond(Order order, List<FulfillmentOrder> work) {
        Map<String, Integer> beyond = new HashMap<>();
        Stream.concat(order.lines().stream().map(OrderLine::id), lineIds(work))
                .distinct()
                .forEach(id -> beyond.put(id, coverage.surplus(order, id, work)));
        beyond.values().removeIf(units -> units <= 0);
        return beyond;
    }

    private static Stream<String> lineIds(List<FulfillmentOrder> work) {
        return work.stream().flatMap(one -> one.lines().stream()).map(LineQuantity::lineId);
    }

    /** Gives the lines of which something can't be had back. */
    private Set<String> takeBack(List<FulfillmentOrder> work, Map<String, Integer> beyond) {
        LessWork less = LessWork.of(work, beyond);
        less.askedBack().forEach(one -> reroutes.open(one.id(), RerouteCause.EDITED));
        return less.stays().keySet();
    }

    /** What of work that was given back is wanted, and done by nobody. */
    List<LineQuantity> stillWanted(Order order, FulfillmentOrder one, List<FulfillmentOrder> work) {
        return one.lines().stream()
                .flatMap(line -> {
                    int missing = Math.min(line.quantity(), -coverage.surplus(order, line.lineId(), work));
                    return missing > 0
                            ? Stream.of(new LineQuantity(line.lineId(), line.sku(), missing))
                            : Stream.empty();
                })
                .toList();
    }

    /** What nobody wants any more is free for others. */
    void giveUpSurplus(Order order, List<FulfillmentOrder> work) {
        inventory.giveUpSurplus(order.id(), coverage.toReserve(order, work));
    }
}
