package io.throughline.domain.fulfillment;

import io.throughline.domain.order.OrderId;
import java.util.regex.Pattern;

/** Work at one facility for one order, e.g. {@code O-7K2M9Q4XTA-F1}; numbered in the order of its creation. */
public record FulfillmentOrderId(String value) {
    private static final Pattern FORM = Pattern.compile("O-[0-9A-Z]{10}-F[1-9][0-9]{0,3}");

    public FulfillmentOrderId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a fulfillment order id looks like O-7K2M9Q4XTA-F1: '" + value + "'");
        }
    }

    public static FulfillmentOrderId of(OrderId order, int ordinal) {
        return new FulfillmentOrderId(order + "-F" + ordinal);
    }

    public OrderId order() {
        return new OrderId(value.substring(0, value.lastIndexOf("-F")));
    }

    /** Which of its order's it is, counted from 1 as they were given out. */
    public int ordinal() {
        return Integer.parseInt(value.substring(value.lastIndexOf("-F") + 2));
    }

    @Override
    public String toString() {
        return value;
    }
}
