package io.throughline.local;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** How long a demonstration stays up once it has been played, so that somebody can look around. */
enum Stay {
    /** What a script or a build server starts must end by itself. */
    NOT_AT_ALL,
    UNTIL_ENTER,
    UNTIL_INTERRUPTED;

    /** {@code keep} is what was asked for, else a person at a terminal decides. */
    static Stay chosen(boolean keep, boolean atTerminal, Map<String, String> environment) {
        if (keep) {
            return UNTIL_INTERRUPTED;
        }
        return atTerminal && environment.getOrDefault("CI", "").isBlank() ? UNTIL_ENTER : NOT_AT_ALL;
    }

    /** Whether a person reads what is told here and can answer it. */
    @SuppressWarnings("SystemConsoleNull") // It was never null in JDK 22 to 24, and is again since.
    static boolean atTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    String words() {
        return switch (this) {
            case NOT_AT_ALL -> "Everything stops now; --keep leaves it up, to look at the orders.";
            case UNTIL_ENTER -> "Enter stops everything.";
            case UNTIL_INTERRUPTED -> "Ctrl-C stops everything.";
        };
    }

    void await(InputStream in, PrintStream out) throws InterruptedException {
        out.println(words());
        out.flush();
        switch (this) {
            case NOT_AT_ALL -> {}
            case UNTIL_ENTER -> awaitLine(in);
            case UNTIL_INTERRUPTED -> new CountDownLatch(1).await();
        }
    }

    private static void awaitLine(InputStream in) {
        try {
            // What was typed while the orders were played was not meant for this.
            in.skipNBytes(in.available());
            int typed = in.read();
            while (typed != '\n' && typed >= 0) {
                typed = in.read();
            }
        } catch (IOException closed) {
            // The terminal is gone, and with it whoever looked.
        }
    }
}
