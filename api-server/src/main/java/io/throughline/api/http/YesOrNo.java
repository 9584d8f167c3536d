package io.throughline.api.http;

/** {@code true} or {@code false} as the text of a parameter, and nothing else. */
public final class YesOrNo {
    public static final String RULE = "true or false";

    private YesOrNo() {}

    public static boolean of(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
