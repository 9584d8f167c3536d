package io.throughline.api.order;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Hides personal data from callers who need none of it, leaving just enough to tell two people apart in one conversation. */
final class Mask {
    private static final String HIDDEN = "***";

    private Mask() {}

    /** {@code Ada Lovelace} becomes {@code A*** L***}. */
    static String words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1)).map(Mask::first).collect(Collectors.joining(" "));
    }

    /** {@code ada@example.com} becomes {@code a***@***}. */
    static String email(String text) {
        return first(text) + "@" + HIDDEN;
    }

    static String all(String ignored) {
        return HIDDEN;
    }

    private static String first(String word) {
        return word.isEmpty() ? HIDDEN : Character.toString(word.codePointAt(0)) + HIDDEN;
    }
}
