package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import io.throughline.workflows.call.Calls;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final TestActivityEnvironment environment =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                            .setWorkerInterceptors(new Pulse(Duration.ofMillis(20)))
                            .build())
                    .build());
    /** Of beats that follow each other quickly the first is told at once. */
    private final CountDownLatch beats = new CountDownLatch(1);

    private Duration patience = Duration.ofSeconds(10);

    PulseTest() {
        environment.registerActivitiesImplementations((Slow) this::untilHeard);
        environment.setActivityHeartbeatListener(String.class, beat -> beats.countDown());
    }

    @AfterEach
    void close() {
        environment.close();
    }

    /** A step that takes its time. */
    @ActivityInterface
    public interface Slow {
        boolean run();
    }

    @Test
    void aQueuedStepGivesSignsOfLifeWhileItIsAtWork() {
        assertThat(queued(Calls.SIGN_OF_LIFE).run()).isTrue();
    }

    @Test
    void aStepThatTellsItselfHowFarItHasComeIsNotTalkedOver() {
        patience = Duration.ofMillis(200);

        assertThat(queued(Duration.ofMinutes(2)).run()).isFalse();
    }

    private Slow queued(Duration heartbeatTimeout) {
        return environment.newActivityStub(
                Slow.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setHeartbeatTimeout(heartbeatTimeout)
                        .build());
    }

    @Test
    void aLocalStepHasNobodyToTell() {
        patience = Duration.ofMillis(200);
        Slow local = environment.newLocalActivityStub(
                Slow.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(5))
                        .build(),
                Map.of());

        assertThat(local.run()).isFalse();
    }

    private boolean untilHeard() {
        try {
            return beats.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
