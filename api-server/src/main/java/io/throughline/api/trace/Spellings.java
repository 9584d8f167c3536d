package io.throughline.api.trace;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.domain.trace.Trace;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subject of an id however it is written. Shopify's ids are numbers in its admin and its webhooks, and global ids in its API; we
 * keep the numbers of orders and payments, and the global ids of fulfillment orders.
 */
public final class Spellings {
    public static final int LONGEST_ID = 255;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
    private static final Pattern GLOBAL = Pattern.compile("gid://shopify/[A-Za-z]+/[0-9]+(\\?.*)?");

    private Spellings() {}

    /** An id as somebody asks for it, or the problem that it is none. */
    public static String asked(@Nullable String id) {
        if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "Give an id of 1 to " + LONGEST_ID + " characters as '?id='.");
        }
        return id.strip();
    }

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
