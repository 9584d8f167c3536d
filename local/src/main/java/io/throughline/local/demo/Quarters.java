package io.throughline.local.demo;

import java.io.PrintStream;

/** Tells how far something long has come: at each quarter of it, once. What is short is not told of. */
final class Quarters {
    private static final int LONG = 40;
    private static final int PARTS = 4;

    private final PrintStream out;
    private final int whole;
    private final String words;
    private int told;

    Quarters(PrintStream out, int whole, String words) {
        this.out = out;
        this.whole = whole;
        this.words = words;
    }

    /** The last quarter is what comes after this. */
    void reached(long so) {
        int quarter = (int) (so * PARTS / whole);
        if (whole >= LONG && quarter > told && quarter < PARTS) {
            told = quarter;
            out.println("  ..  " + so + " of " + whole + " " + words);
        }
    }
}
