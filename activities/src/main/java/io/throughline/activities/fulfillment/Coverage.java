package io.throughline.activities.fulfillment;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.LessWork;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.returns.FollowedChange;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.Returns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the work that was given out with what the customer wants. Units that left and came back are off the order at its channel, as if
 * nobody had ever wanted them: those were wanted all the same.
 */
public final class Coverage {
    private final Returns returns;
    private final InventoryLedger inventory;
    private final Bundles bundles;
    private final Policies policies;

    public Coverage(Returns returns, InventoryLedger inventory, Bundles bundles, Policies policies) {
        this.returns = returns;
        this.inventory = inventory;
        this.bundles = bundles;
        this.policies = policies;
    }

    /**
     * Whether the work is exactly for what is wanted of a line, but for what a return takes back. Of an order in parts somebody still looks
     * after what nobody was given: that may be less or more by then.
     */
    public boolean isExact(Order order, OrderLine line, List<FulfillmentOrder> work) {
        int beyond = LessWork.givenOut(line.id(), work) - line.quantity();
        return beyond == 0
                || (beyond < 0 && isToCome(order))
                || (beyond > 0 && beyond <= FollowedChange.takenOff(returns.ofOrder(order.id()), order, line.id()));
    }

    /** Units of a line that are given out beyond what is wanted, and what returns have taken off; negative: so many are missing. */
    int surplus(Order order, String lineId, List<FulfillmentOrder> work) {
        return LessWork.givenOut(lineId, work)
                - order.quantity(lineId)
                - FollowedChange.takenOff(returns.ofOrder(order.id()), order, lineId);
    }

    /**
     * Whether others do what a facility has given back, so that nobody has to look for one again. What an order in parts has still to give
     * out counts as done, for somebody looks after that; but not what waits for supply because it was given back.
     */
    public boolean replaced(
            Optional<OrderRules> rules, Order order, FulfillmentOrder one, List<FulfillmentOrder> work) {
        if (one.status() != FulfillmentStatus.REJECTED) {
            return false;
        }
        boolean inParts = policies.of(rules).shortage().inParts();
        List<Return> ofOrder = returns.ofOrder(order.id());
        return one.lines().stream().map(LineQuantity::lineId).allMatch(lineId -> {
            int missing = order.quantity(lineId)
                    + FollowedChange.takenOff(ofOrder, order, lineId)
                    - LessWork.givenOut(lineId, work);
            return missing <= 0 || (inParts && missing <= outstanding(order, lineId));
        });
    }

    /** What an order needs of each line: what is wanted, and what was wanted and came back. */
    List<LineQuantity> needs(Order order, List<LineQuantity> wanted) {
        List<Return> ofOrder = returns.ofOrder(order.id());
        if (ofOrder.isEmpty()) {
            return wanted;
        }
        Stream<LineQuantity> cameBack = order.lines().stream()
                .filter(OrderLine::requiresShipping)
                .map(line -> Map.entry(line, FollowedChange.takenOff(ofOrder, order, line.id())))
                .filter(line -> line.getValue() > 0)
                .map(line -> new LineQuantity(line.getKey().id(), line.getKey().sku(), line.getValue()));
        return Stream.concat(wanted.stream(), cameBack).toList();
    }

    /** What of an order's goods is to be reserved at all: what its customer has carried out was not, and left when it was sold. */
    List<LineQuantity> toReserve(Order order, List<FulfillmentOrder> work) {
        List<LineQuantity> goods = needs(
                order,
                order.deliveries().stream()
                        .filter(delivery -> delivery.method() != DeliveryMethod.NONE)
                        .flatMap(delivery -> delivery.lines().stream())
                        .toList());
        Map<String, Integer> carriedOut = new HashMap<>();
        work.stream()
                .filter(one -> one.method() == DeliveryMethod.CARRIED_OUT)
                .flatMap(one -> one.lines().stream())
                .forEach(line -> carriedOut.merge(line.lineId(), line.quantity(), Integer::sum));
        return carriedOut.isEmpty() ? goods : without(goods, carriedOut);
    }

    private static List<LineQuantity> without(List<LineQuantity> lines, Map<String, Integer> units) {
        return lines.stream()
                .flatMap(line -> {
                    int off = Math.min(line.quantity(), units.getOrDefault(line.lineId(), 0));
                    units.merge(line.lineId(), -off, Integer::sum);
                    return off == line.quantity()
                            ? Stream.<LineQuantity>empty()
                            : Stream.of(new LineQuantity(line.lineId(), line.sku(), line.quantity() - off));
                })
                .toList();
    }

    /** The deliveries with what left by them and came back, which its channel shows no more. */
    List<Delivery> asGivenOut(Order order) {
        Map<String, Integer> cameBack = new HashMap<>();
        needs(order, List.of()).forEach(line -> cameBack.merge(line.lineId(), line.quantity(), Integer::sum));
        return cameBack.isEmpty()
                ? order.deliveries()
                : order.deliveries().stream()
                        .map(delivery -> withThem(delivery, cameBack))
                        .toList();
    }

    private static Delivery withThem(Delivery delivery, Map<String, Integer> cameBack) {
        List<LineQuantity> lines = delivery.lines().stream()
                .map(line -> {
                    int units = Objects.requireNonNullElse(cameBack.remove(line.lineId()), 0);
                    return new LineQuantity(line.lineId(), line.sku(), line.quantity() + units);
                })
                .toList();
        return new Delivery(delivery.method(), delivery.facility(), delivery.channelWork(), lines);
    }

    private boolean isToCome(Order order) {
        OrderStock stock = inventory.stockOf(order.id());
        return !stock.waiting().isEmpty() || !stock.unplaced().isEmpty();
    }

    /** Units of a line that no facility was given yet. */
    private int outstanding(Order order, String lineId) {
        OrderStock stock = inventory.stockOf(order.id());
        return order.lines().stream()
                .filter(line -> line.id().equals(lineId))
                .mapToInt(line -> stock.outstanding(lineId, line.sku(), bundles))
                .sum();
    }
}
