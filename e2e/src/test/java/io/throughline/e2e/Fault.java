package io.throughline.e2e;

import io.throughline.local.StackPart;
import java.time.Duration;

/**
 * What is done to a process. {@code rest} after the fault before has begun orders are placed, and {@code lead} later it is in the midst
 * of them; a killed process is started again, and a paused one goes on, after {@code away}.
 */
record Fault(StackPart victim, Kind kind, Duration rest, Duration lead, Duration away) {
    enum Kind {
        /** SIGKILL. */
        KILL,
        /** SIGSTOP, then SIGCONT. */
        PAUSE
    }
}
