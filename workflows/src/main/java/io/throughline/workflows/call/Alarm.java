package io.throughline.workflows.call;

import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One durable timer for many deadlines: it is set for the earliest, is not cancelled when its cause has gone, and rings everybody, who
 * then read their own deadline again. So a deadline that is met costs one event, not three.
 */
public final class Alarm {
    private final Wakes wakes;
    private @Nullable Instant armedFor;

    public Alarm(Wakes wakes) {
        this.wakes = wakes;
    }

    public void ringBy(Instant deadline) {
        if (armedFor != null && !deadline.isBefore(armedFor)) {
            return;
        }
        armedFor = deadline;
        Duration left = Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), deadline);
        Workflow.newTimer(
                        left.isNegative() ? Duration.ofMillis(1) : left.plusMillis(1),
                        TimerOptions.newBuilder()
                                .setSummary("deadline " + deadline)
                                .build())
                .thenApply(fired -> {
                    if (deadline.equals(armedFor)) {
                        armedFor = null;
                    }
                    wakes.ring(Wakes.EVERYTHING);
                    return true;
                });
    }
}
