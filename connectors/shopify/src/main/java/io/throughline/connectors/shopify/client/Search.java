package io.throughline.connectors.shopify.client;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is asked for in the words of Shopify's search, which knows instants to the second. */
public final class Search {
    private Search() {}

    /** The variables of a page of what has changed: its search, and after which cursor it begins. */
    public static Map<String, Object> pageSince(Instant since, Optional<String> cursor) {
        return pageSince("updated_at", since, cursor);
    }

    /** The same of what bears a time of this name at or after an instant. */
    public static Map<String, Object> pageSince(String time, Instant since, Optional<String> cursor) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("search", time + ":>='" + since.truncatedTo(ChronoUnit.SECONDS) + "'");
        cursor.ifPresent(after -> variables.put("after", after));
        return variables;
    }
}
