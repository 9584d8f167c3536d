package io.throughline.domain.intervention;

import java.time.Instant;
import java.util.Optional;

/**
 * One decision about all cases that one cause had when it was taken. {@code pending} are still to be decided, {@code proposed} wait for a
 * second person, {@code skipped} were no longer open.
 */
public record BulkDecision(
        BulkId id,
        Fingerprint cause,
        Decision decision,
        State state,
        int perSecond,
        int pending,
        int decided,
        int proposed,
        int skipped,
        Instant begunAt,
        Optional<Instant> endedAt,
        Optional<String> stoppedBy) {
    /** STOPPED: somebody has stopped it, and what is pending stays as it is. */
    public enum State {
        RUNNING,
        STOPPED,
        DONE
    }

    public int cases() {
        return pending + decided + proposed + skipped;
    }
}
