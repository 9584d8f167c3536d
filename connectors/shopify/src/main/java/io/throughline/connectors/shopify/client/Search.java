package io.throughline.connectors.shopify.client;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is asked for in the words of Shopify's search, which knows instants to the second. */
public final class Search {
    private Search() {}

    public static String changedSince(Instant since) {
        return "updated_at:>='" + since.truncatedTo(ChronoUnit.SECONDS) + "'";
    }
}
