package io.throughline.local.demo;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A scenario that was played: how its order ended, or else what was not as its script says. */
record Played(
        Scenario scenario,
        Duration took,
        @Nullable Ending ending,
        @Nullable String failure) {
    String seconds() {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
