package io.throughline.connectors.tryton;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The calls that one thread makes for one purpose: all of them end by one deadline, and once one of them has changed something, whatever
 * fails after it leaves an unknown outcome. Calls outside of a passage have only their own timeout.
 */
final class Passage {
    private static final ScopedValue<Passage> CURRENT = ScopedValue.newInstance();

    private final long endsAt;
    private boolean changed;

    private Passage(Duration limit) {
        endsAt = System.nanoTime() + limit.toNanos();
    }

    static <R> R within(Duration limit, Supplier<R> calls) {
        Passage passage = new Passage(limit);
        try {
            return ScopedValue.where(CURRENT, passage).call(calls::get);
        } catch (SystemFailure failure) {
            throw passage.changed ? failure.afterAChange() : failure;
        }
    }

    /** What is left for the next call, which by itself may take {@code most}. */
    static Duration timeFor(Duration most) {
        if (!CURRENT.isBound()) {
            return most;
        }
        Duration left = Duration.ofNanos(CURRENT.get().endsAt - System.nanoTime());
        if (!left.isPositive()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_UNREACHABLE, "Tryton took too long for the calls before this one", null);
        }
        return left.compareTo(most) < 0 ? left : most;
    }

    /** A call has changed something in Tryton. */
    static void changed() {
        if (CURRENT.isBound()) {
            CURRENT.get().changed = true;
        }
    }
}
