package io.throughline.worker.inbox;

import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.inbox.Inbox.Handling;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Who may read at another system where its message is handled: so many at a time, so that a slow system leaves room for the other messages. */
final class Readers {
    private final Semaphore free;
    private final Duration busyDelay;
    private final String busy;

    /** Whoever finds none free comes again after {@code busyDelay}; {@code busy} says why. */
    Readers(int atOnce, Duration busyDelay, String busy) {
        this.free = new Semaphore(atOnce);
        this.busyDelay = busyDelay;
        this.busy = busy;
    }

    /** A system that says when to come back is obeyed; other failures are its message's. */
    Handling read(Supplier<Handling> reading) {
        if (!free.tryAcquire()) {
            return new Handling.Later(busyDelay, busy);
        }
        try {
            return reading.get();
        } catch (SystemFailure failure) {
            return failure.retryAfter()
                    .<Handling>map(
                            time -> new Handling.Later(time, failure.code().name()))
                    .orElseThrow(() -> failure);
        } finally {
            free.release();
        }
    }
}
