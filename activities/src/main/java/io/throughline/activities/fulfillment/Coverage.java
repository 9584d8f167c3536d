package io.throughline.activities.fulfillment;

import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import java.util.List;

/** Compares the work that was given out with what the customer wants. */
public final class Coverage {
    private Coverage() {}

    /** Units of a line that somebody is to hand over, or has. */
    public static int givenOut(String lineId, List<FulfillmentOrder> work) {
        return work.stream()
                .filter(one -> !one.status().terminal() || one.status().handedOver())
                .flatMap(one -> one.lines().stream())
                .filter(part -> part.lineId().equals(lineId))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    /** Whether others do what a facility has given back, so that nobody has to look for one again. */
    public static boolean replaced(Order order, FulfillmentOrder one, List<FulfillmentOrder> work) {
        return one.status() == FulfillmentStatus.REJECTED
                && one.lines().stream()
                        .map(LineQuantity::lineId)
                        .allMatch(lineId -> givenOut(lineId, work) >= wanted(order, lineId));
    }

    private static int wanted(Order order, String lineId) {
        return order.lines().stream()
                .filter(line -> line.id().equals(lineId))
                .mapToInt(OrderLine::quantity)
                .sum();
    }
}
