package io.throughline.local;

import java.io.PrintStream;

/** Where a stack tells what it is doing, one plain line at a time. Implementations are called from several threads. */
public interface Progress {
    void line(String text);

    /** Something went wrong that a person should see even when the rest is quiet. */
    void problem(String text);

    static Progress to(PrintStream out) {
        return new Progress() {
            @Override
            public synchronized void line(String text) {
                out.println("  " + text);
                out.flush();
            }

            @Override
            public synchronized void problem(String text) {
                out.println("! " + text.replace("\n", "\n    "));
                out.flush();
            }
        };
    }

    static Progress silent() {
        return new Progress() {
            @Override
            public void line(String text) {}

            @Override
            public void problem(String text) {}
        };
    }
}
