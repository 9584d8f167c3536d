package io.throughline.local.demo;

/**
 * One order's script. {@code path} names the hops that it takes. Scripts run beside each other, except those that are {@code alone},
 * which disturb the others (they stop a process) and come last, one by one.
 */
record Scenario(String name, String path, boolean needsRealTemporal, boolean alone, Script script) {
    static Scenario of(String name, String path, Script script) {
        return new Scenario(name, path, false, false, script);
    }

    Scenario withRealTemporal() {
        return new Scenario(name, path, true, alone, script);
    }

    Scenario aloneAtTheEnd() {
        return new Scenario(name, path, needsRealTemporal, true, script);
    }

    /** Plays the order and gives how it ended; throws what was not as it should be. */
    interface Script {
        Ending play(Stage stage) throws InterruptedException;
    }
}
