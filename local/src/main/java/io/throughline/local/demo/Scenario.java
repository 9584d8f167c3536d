package io.throughline.local.demo;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One order's script. {@code path} names the hops that it takes. Scripts run beside each other, except those that are {@code alone},
 * which disturb the others (they stop a process) and come last, one by one. Where a need can't be met, {@code instead} is played.
 */
record Scenario(String name, String path, Set<Need> needs, boolean alone, Script script, Optional<Scenario> instead) {
    Scenario {
        needs = Set.copyOf(needs);
    }

    static Scenario of(String name, String path, Script script) {
        return new Scenario(name, path, Set.of(), false, script, Optional.empty());
    }

    Scenario needing(Need need) {
        EnumSet<Need> more = EnumSet.of(need);
        more.addAll(needs);
        return new Scenario(name, path, more, alone, script, instead);
    }

    Scenario orElse(Scenario other) {
        return new Scenario(name, path, needs, alone, script, Optional.of(other));
    }

    Scenario aloneAtTheEnd() {
        return new Scenario(name, path, needs, true, script, instead);
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
