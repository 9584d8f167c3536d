package io.throughline.sandbox.shopify;

/** A global id, {@code gid://shopify/<type>/<id>}. */
record Gid(String type, String id) {

    private static final String PREFIX = "gid://shopify/";

    static String of(String type, long id) {
        return PREFIX + type + "/" + id;
    }

    static String of(String type, String id) {
        return PREFIX + type + "/" + id;
    }

    static boolean looksLike(String text) {
        return text.startsWith(PREFIX);
    }

    static Gid parse(String text) {
        int slash = text.indexOf('/', PREFIX.length());
        if (!looksLike(text) || slash < 0 || slash == text.length() - 1) {
            throw new IllegalArgumentException("Invalid global id '" + text + "'");
        }
        return new Gid(text.substring(PREFIX.length(), slash), text.substring(slash + 1));
    }

    /** The id within its type; refuses the id of another type, as Shopify does. */
    static String idOf(String type, String text) {
        Gid gid = parse(text);
        if (!gid.type().equals(type)) {
            throw new IllegalArgumentException("Invalid global id '" + text + "', expected a " + type);
        }
        return gid.id();
    }

    @Override
    public String toString() {
        return of(type, id);
    }
}
