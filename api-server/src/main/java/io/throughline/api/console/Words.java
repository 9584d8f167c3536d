package io.throughline.api.console;

import java.util.Locale;

/** Names of ours as people read them: {@code IN_FULFILLMENT} is "In fulfillment". */
public final class Words {
    private Words() {}

    public static String of(Enum<?> name) {
        return of(name.name());
    }

    public static String of(String name) {
        String words = name.replace('_', ' ').toLowerCase(Locale.ROOT);
        String first = words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return first.replaceAll("(?i)\\berp\\b", "ERP")
                .replaceAll("(?i)\\bsku\\b", "SKU")
                .replaceAll("(?i)\\bapi\\b", "API")
                .replace("etail it", "etail IT")
                .replaceAll("^Rest$", "REST")
                .replaceAll("^Wms$", "WMS");
    }
}
