package io.throughline.domain.fulfillment;

import io.throughline.domain.order.OrderId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our own name of a reroute, e.g. {@code O-7K2M9Q4XTA-F1-1}: which work is to go elsewhere, and for which time. What is offered to a customer
 * because of it bears the same name.
 */
public record RerouteId(String value) {
    private static final Pattern FORM = Pattern.compile("(O-[0-9A-Z]{10}-F[1-9][0-9]{0,3})-([1-9][0-9]{0,3})");
    private static final Pattern PROCESS =
            Pattern.compile("reroute/(O-[0-9A-Z]{10}-F[1-9][0-9]{0,3})/([1-9][0-9]{0,3})");

    public RerouteId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a reroute id looks like O-7K2M9Q4XTA-F1-1: '" + value + "'");
        }
    }

    public static RerouteId of(FulfillmentOrderId work, int number) {
        return new RerouteId(work + "-" + number);
    }

    /** Empty when the text is the name of another thing. */
    public static Optional<RerouteId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new RerouteId(text)) : Optional.empty();
    }

    /** The reroute that a message is about, by its process; empty when it is about another thing. */
    public static Optional<RerouteId> about(String subject) {
        Matcher process = PROCESS.matcher(subject);
        return process.matches()
                ? Optional.of(new RerouteId(process.group(1) + "-" + process.group(2)))
                : Optional.empty();
    }

    public FulfillmentOrderId work() {
        return new FulfillmentOrderId(value.substring(0, value.lastIndexOf('-')));
    }

    public int number() {
        return Integer.parseInt(value.substring(value.lastIndexOf('-') + 1));
    }

    public OrderId order() {
        return work().order();
    }

    public String workflowId() {
        return "reroute/" + work() + "/" + number();
    }

    @Override
    public String toString() {
        return value;
    }
}
