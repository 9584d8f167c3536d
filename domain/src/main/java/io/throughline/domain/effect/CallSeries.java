package io.throughline.domain.effect;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The calls that one thread makes to other systems for one purpose: all of them end by one deadline, and once one of them has changed
 * something, whatever fails after it leaves an unknown outcome. Whoever sends a request asks {@link #timeFor} just before, and says
 * {@link #changed} after. Calls outside of a series have only their own time limit.
 */
public final class CallSeries {
    private static final ScopedValue<CallSeries> CURRENT = ScopedValue.newInstance();

    private final long endsAt;
    private boolean changed;

    private CallSeries(long endsAt) {
        this.endsAt = endsAt;
    }

    /** A series within another one ends no later than that. */
    public static <R> R within(Duration limit, Supplier<R> calls) {
        CallSeries series = new CallSeries(System.nanoTime() + timeFor(limit).toNanos());
        try {
            return ScopedValue.where(CURRENT, series).call(calls::get);
        } catch (SystemFailure failure) {
            throw series.changed ? failure.afterAChange() : failure;
        }
    }

    /** What is left for the next call, which by itself may take {@code most}. Fails when nothing is left. */
    public static Duration timeFor(Duration most) {
        if (!CURRENT.isBound()) {
            return most;
        }
        Duration left = Duration.ofNanos(CURRENT.get().endsAt - System.nanoTime());
        if (!left.isPositive()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_UNREACHABLE, "the calls before this one took too long", null);
        }
        return left.compareTo(most) < 0 ? left : most;
    }

    /** A call has changed something. */
    public static void changed() {
        if (CURRENT.isBound()) {
            CURRENT.get().changed = true;
        }
    }
}
