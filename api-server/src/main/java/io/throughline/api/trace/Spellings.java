package io.throughline.api.trace;

import io.throughline.connectors.shopify.client.Gid;
import io.throughline.domain.trace.Trace;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the subject of an id however it is written. Shopify's ids are numbers in its admin and its webhooks, and global ids in its API; we
 * keep the numbers of orders and payments, and the global ids of fulfillment orders.
 */
public final class Spellings {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
    private static final Pattern GLOBAL = Pattern.compile("gid://shopify/[A-Za-z]+/[0-9]+(\\?.*)?");

    private Spellings() {}

    public static Optional<String> lookUp(Trace trace, String id) {
        return of(id).flatMap(spelling -> trace.lookup(spelling).stream()).findFirst();
    }

    private static Stream<String> of(String id) {
        if (GLOBAL.matcher(id).matches()) {
            return Stream.of(id, Gid.number(id));
        }
        return NUMBER.matcher(id).matches() ? Stream.of(id, Gid.of("FulfillmentOrder", id)) : Stream.of(id);
    }
}
