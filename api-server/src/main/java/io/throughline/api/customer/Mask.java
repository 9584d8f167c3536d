package io.throughline.api.customer;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Hides personal data from callers who need none of it, leaving just enough to tell two people apart in one conversation. */
public final class Mask {
    private static final String HIDDEN = "***";

    private Mask() {}

    /** {@code Ada Lovelace} becomes {@code A*** L***}. */
    public static String words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1)).map(Mask::first).collect(Collectors.joining(" "));
    }

    /** {@code ada@example.com} becomes {@code a***@***}. */
    public static String email(String text) {
        return first(text) + "@" + HIDDEN;
    }

    public static String all(String ignored) {
        return HIDDEN;
    }

    private static String first(String word) {
        return word.isEmpty() ? HIDDEN : Character.toString(word.codePointAt(0)) + HIDDEN;
    }
}
