package io.throughline.connectors.shopify.client;

/** Shopify's global ids, {@code gid://shopify/Order/7100000000001}, and the numbers at their ends that webhooks use. */
public final class Gid {
    private static final String PREFIX = "gid://shopify/";

    private Gid() {}

    public static String of(String type, String number) {
        return PREFIX + type + "/" + number;
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
