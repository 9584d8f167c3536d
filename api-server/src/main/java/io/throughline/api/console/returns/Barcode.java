package io.throughline.api.console.returns;

import com.google.zxing.oned.Code128Writer;
import java.util.ArrayList;
import java.util.List;

/** A text as Code 128, which every scanner of a store reads: dark bars in modules from the left, of so many in all. The quiet zones are in it. */
public record Barcode(String text, int modules, List<Bar> bars) {
    /** What the standard wants to be blank at both ends. */
    private static final int QUIET = 10;

    public Barcode {
        bars = List.copyOf(bars);
    }

    /** One dark bar. */
    public record Bar(int from, int width) {}

    static Barcode of(String text) {
        boolean[] dark = new Code128Writer().encode(text);
        List<Bar> bars = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= dark.length; i++) {
            boolean isDark = i < dark.length && dark[i];
            if (isDark && from < 0) {
                from = i;
            } else if (!isDark && from >= 0) {
                bars.add(new Bar(QUIET + from, i - from));
                from = -1;
            }
        }
        return new Barcode(text, dark.length + 2 * QUIET, bars);
    }
}
