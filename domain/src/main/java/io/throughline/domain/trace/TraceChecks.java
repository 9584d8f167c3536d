package io.throughline.domain.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks the lines of all subjects from their stored bytes, some at a time, over and over. One that does not hold together becomes a case, once;
 * whoever works at it decides that it was seen to.
 */
public interface TraceChecks {
    /**
     * The next lines, in the order of their names, at most so many. A pass begins {@code every} time that passes since the last one began. One
     * process has a turn at a time. Gives how many were checked: 0 where none is due, or somebody else is at it.
     */
    int check(int most, Duration every);

    /** How the last pass stands. */
    Standing standing();

    /** {@code endedAt} is empty while a pass is under way; {@code broken} are all lines that were ever found so. */
    record Standing(Optional<Instant> beganAt, Optional<Instant> endedAt, long lines, long broken) {}
}
