package io.throughline.api.console;

import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.order.OrderId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in the console a subject of cases and traces is shown. */
public final class Subjects {
    private static final Pattern ORDER = Pattern.compile("(O-[0-9A-Z]{10})(-F[0-9]+)?");
    private static final Pattern RETURN = Pattern.compile("(?:return/[^/]+/)?(O-[0-9A-Z]{10}-R[0-9]+)");
    private static final Pattern COUNTER_RETURN = Pattern.compile("(?:counter-return/)?(RC-[0-9A-Z]{10})");
    private static final Pattern TRANSFER = Pattern.compile("(?:transfer/)?(T-[0-9A-Z]{10})");
    private static final Pattern SYSTEM = Pattern.compile("system/([a-z0-9-]+)");
    private static final Pattern CASE = Pattern.compile("case/(C-[1-9][0-9]*)");
    private static final Pattern PRODUCT = Pattern.compile("product/(.+)");

    private Subjects() {}

    /** Its own page, if it has one; else what can be found by its name. */
    public static String address(String subject) {
        return page(subject).orElseGet(() -> "/console/search?q=" + encoded(subject));
    }

    /** Empty when nothing but its line tells of it. */
    public static Optional<String> page(String subject) {
        Matcher order = ORDER.matcher(subject);
        if (order.matches()) {
            return Optional.of(order(order.group(1)));
        }
        Matcher returned = RETURN.matcher(subject);
        if (returned.matches()) {
            return Optional.of(returned(returned.group(1)));
        }
        Matcher overCounter = COUNTER_RETURN.matcher(subject);
        if (overCounter.matches()) {
            return Optional.of(counterReturn(overCounter.group(1)));
        }
        Matcher transfer = TRANSFER.matcher(subject);
        if (transfer.matches()) {
            return Optional.of(transfer(transfer.group(1)));
        }
        Matcher system = SYSTEM.matcher(subject);
        if (system.matches()) {
            return Optional.of("/console/systems/" + system.group(1));
        }
        Matcher decided = CASE.matcher(subject);
        if (decided.matches()) {
            return Optional.of(ofCase(decided.group(1)));
        }
        Matcher product = PRODUCT.matcher(subject);
        if (product.matches()) {
            return Optional.of(stock(product.group(1)));
        }
        return StockSubject.of(subject).map(place -> stock(place.sku().value()));
    }

    /** The order that a subject is, or is work of. */
    public static Optional<OrderId> orderOf(String subject) {
        Matcher order = ORDER.matcher(subject);
        return order.matches() ? Optional.of(new OrderId(order.group(1))) : Optional.empty();
    }

    public static String order(OrderId id) {
        return order(id.value());
    }

    private static String order(String id) {
        return "/console/orders/" + id;
    }

    public static String ofCase(String id) {
        return "/console/cases/" + id;
    }

    public static String returned(String id) {
        return "/console/returns/" + id;
    }

    public static String counterReturn(String id) {
        return "/console/counter-returns/" + id;
    }

    public static String transfer(String id) {
        return "/console/transfers/" + id;
    }

    public static String facility(String id) {
        return "/console/facilities/" + id;
    }

    public static String stock(String sku) {
        return "/console/stock?sku=" + encoded(sku);
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
