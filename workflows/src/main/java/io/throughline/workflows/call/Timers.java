package io.throughline.workflows.call;

import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Timers that tell in Temporal's history what they are for; else they are those of {@link Workflow#sleep} and {@link Workflow#await}. */
public final class Timers {
    private Timers() {}

    public static void sleep(Duration time, String what) {
        begun(time, what).get();
    }

    /** Returns once there is {@code news}, or the time is over. The timer is left to fire where there was news, as {@code await} leaves it. */
    public static void await(Duration atMost, String what, BooleanSupplier news) {
        Promise<Void> over = begun(atMost, what);
        Workflow.await(() -> over.isCompleted() || news.getAsBoolean());
    }

    private static Promise<Void> begun(Duration time, String what) {
        return Workflow.newTimer(
                time, TimerOptions.newBuilder().setSummary(what).build());
    }
}
