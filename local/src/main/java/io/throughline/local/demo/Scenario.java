package io.throughline.local.demo;

import java.util.EnumSet;
import java.util.Set;

/**
 * One order's script. {@code path} names the hops that it takes. Scripts run beside each other, except those that are {@code alone},
 * which disturb the others (they stop a process) and come last, one by one.
 */
record Scenario(String name, String path, Set<Need> needs, boolean alone, Script script) {
    Scenario {
        needs = Set.copyOf(needs);
    }

    static Scenario of(String name, String path, Script script) {
        return new Scenario(name, path, Set.of(), false, script);
    }

    Scenario needing(Need need) {
        EnumSet<Need> more = EnumSet.of(need);
        more.addAll(needs);
        return new Scenario(name, path, more, alone, script);
    }

    Scenario aloneAtTheEnd() {
        return new Scenario(name, path, needs, true, script);
    }

    /** What not every stack has. */
    enum Need {
        REAL_TEMPORAL("a real Temporal server"),
        ERP_STAND_IN("the ERP's stand-in, which can be made to fail");

        private final String words;

        Need(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Plays the order and gives how it ended; throws what was not as it should be. */
    interface Script {
        Ending play(Stage stage) throws InterruptedException;
    }
}
