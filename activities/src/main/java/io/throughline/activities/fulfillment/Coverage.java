package io.throughline.activities.fulfillment;

import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.returns.FollowedChange;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.Returns;
import java.util.List;

/**
 * Compares the work that was given out with what the customer wants. Units that left and came back are off the order at its channel, as if
 * nobody had ever wanted them: those were wanted all the same.
 */
public final class Coverage {
    private final Returns returns;

    public Coverage(Returns returns) {
        this.returns = returns;
    }

    /** Units of a line that somebody is to hand over, or has. */
    public static int givenOut(String lineId, List<FulfillmentOrder> work) {
        return work.stream()
                .filter(one -> !one.status().terminal() || one.status().handedOver())
                .flatMap(one -> one.lines().stream())
                .filter(part -> part.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    /** Whether the work is exactly for what is wanted of a line, but for what a return takes back. */
    public boolean isExact(Order order, OrderLine line, List<FulfillmentOrder> work) {
        int beyond = givenOut(line.id(), work) - line.quantity();
        return beyond == 0
                || (beyond > 0 && beyond <= FollowedChange.takenOff(returns.ofOrder(order.id()), order, line.id()));
    }

    /** Whether others do what a facility has given back, so that nobody has to look for one again. */
    public boolean replaced(Order order, FulfillmentOrder one, List<FulfillmentOrder> work) {
        if (one.status() != FulfillmentStatus.REJECTED) {
            return false;
        }
        List<Return> ofOrder = returns.ofOrder(order.id());
        return one.lines().stream().map(LineQuantity::lineId).allMatch(lineId -> {
            int wanted = order.quantity(lineId) + FollowedChange.takenOff(ofOrder, order, lineId);
            return givenOut(lineId, work) >= wanted;
        });
    }
}
