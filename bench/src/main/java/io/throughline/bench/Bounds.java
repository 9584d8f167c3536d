package io.throughline.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints a table of figures, line by line, and watches over those that have a bound. */
final class Bounds {
    private final PrintStream out;
    private final Map<String, Number> figures = new LinkedHashMap<>();
    private boolean kept = true;

    Bounds(String title, PrintStream out) {
        this.out = out;
        out.printf(Locale.ROOT, "%n%-48s %9s %9s%n", title, "measured", "at most");
    }

    Bounds figure(String name, Number measured) {
        figures.put(name, measured);
        out.printf(Locale.ROOT, "%-48s %9s%n", name, measured);
        return this;
    }

    Bounds figure(String name, Number measured, Number most) {
        boolean within = measured.doubleValue() <= most.doubleValue();
        kept &= within;
        figures.put(name, measured);
        out.printf(Locale.ROOT, "%-48s %9s %9s%s%n", name, measured, most, within ? "" : "  TOO MUCH");
        return this;
    }

    Map<String, Number> figures() {
        return figures;
    }

    /** Whether every bound was kept. */
    boolean kept() {
        return kept;
    }
}
