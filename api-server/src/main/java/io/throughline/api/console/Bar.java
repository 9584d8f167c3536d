package io.throughline.api.console;

import java.util.List;

/** A stretch of a bar of a thousand. */
public record Bar(Tone tone, String label, int from, int length) {
    private static final int FULL = 1000;

    /** Adds the stretch of {@code part} out of {@code whole}, unless there is nothing of it; gives where the next one begins. */
    public static int add(List<Bar> bars, Tone tone, String name, int from, int part, int whole) {
        if (part <= 0 || whole == 0) {
            return from;
        }
        int length = Math.min(FULL - from, Math.round((float) FULL * part / whole));
        bars.add(new Bar(tone, part + " " + name, from, length));
        return from + length;
    }
}
