package io.throughline.connectors.shopify.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Shopify's global ids, {@code gid://shopify/Order/7100000000001}, and the numbers at their ends that webhooks use. */
public final class Gid {
    private static final String PREFIX = "gid://shopify/";

    private Gid() {}

    public static String of(String type, String number) {
        return PREFIX + type + "/" + number;
    }

    /** The number of an id as webhooks write it: as a number, as text, or as the global id of a {@code type}. */
    public static Optional<String> told(JsonNode id, String type) {
        String text = id.isTextual() || id.canConvertToLong() ? id.asText() : "";
        String prefix = of(type, "");
        String tail = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        return tail.matches("[1-9][0-9]{0,18}") ? Optional.of(tail) : Optional.empty();
    }

    /** The number; some ids carry parameters behind it. */
    public static String number(String gid) {
        if (!gid.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not a global id of Shopify: '" + gid + "'");
        }
        String tail = gid.substring(gid.lastIndexOf('/') + 1);
        int parameters = tail.indexOf('?');
        return parameters < 0 ? tail : tail.substring(0, parameters);
    }
}
