package io.throughline.worker.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.trace.StepAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the histories of a real server's protocol say of the steps. */
class StepEventSearchTest {
    private static final String WORKFLOW = "order/northwind/1501";
    private static final Duration YOUNG = Duration.ofSeconds(30);

    /** A step that tells its id. */
    @ActivityInterface
    public interface Telling {
        String tell();
    }

    /** A queued step and a local one, a wait for news, and one more. */
    @WorkflowInterface
    public interface OneProcess {
        @WorkflowMethod
        void run();

        @SignalMethod
        void goOn();
    }

    /** Asks them. */
    public static final class ProcessImpl implements OneProcess {
        private boolean goesOn;

        @Override
        public void run() {
            Telling queued = Workflow.newActivityStub(
                    Telling.class,
                    ActivityOptions.newBuilder()
                            .setStartToCloseTimeout(Duration.ofSeconds(10))
                            .build());
            Telling local = Workflow.newLocalActivityStub(
                    Telling.class,
                    LocalActivityOptions.newBuilder()
                            .setStartToCloseTimeout(Duration.ofSeconds(10))
                            .build());
            local.tell();
            queued.tell();
            Workflow.await(() -> goesOn);
            local.tell();
        }

        @Override
        public void goOn() {
            goesOn = true;
        }
    }

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
    private final TestingStepEvents events = new TestingStepEvents();
    private final WorkflowClient client = environment.getWorkflowClient();
    private final StepEventSearch search = new StepEventSearch(events, new RunHistories(client));

    @BeforeEach
    void start() {
        Worker worker = environment.newWorker("orders");
        worker.registerWorkflowImplementationTypes(ProcessImpl.class);
        worker.registerActivitiesImplementations((Telling) this::tell);
        environment.start();
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void stepsOfARunThatGoesOnAndThenOfTheSameOneAtItsEnd() throws Exception {
        OneProcess process = begin();
        StepAttempt local = next();
        StepAttempt queued = next();
        StepAttempt still = step(run(), "its task has not ended");
        List.of(local, queued, still).forEach(step -> events.seek(step, YOUNG));

        search.turn();

        assertThat(typeOf(events.settled().get(local))).isEqualTo(EventType.EVENT_TYPE_MARKER_RECORDED);
        assertThat(typeOf(events.settled().get(queued))).isEqualTo(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED);
        assertThat(events.settled()).doesNotContainKey(still);
        assertThat(events.putOff()).containsExactly(Map.entry(still, YOUNG));

        process.goOn();
        StepAttempt last = next();
        WorkflowStub.fromTyped(process).getResult(Void.class);
        events.seek(last, YOUNG);
        search.turn();

        assertThat(typeOf(events.settled().get(last))).isEqualTo(EventType.EVENT_TYPE_MARKER_RECORDED);
        assertThat(events.settled().get(last)).isNotEqualTo(events.settled().get(local));
        assertThat(events.settled().get(still)).as("no more will come").isEmpty();
    }

    @Test
    void aRunThatIsGoneAndWhatNeverCameAreNotAskedForAgain() throws Exception {
        begin();
        next();
        StepAttempt gone = step(UUID.randomUUID(), "a-1");
        StepAttempt never = step(run(), "a task that was lost");
        events.seek(gone, YOUNG);
        events.seek(never, StepEventSearch.GIVES_UP_AFTER.plusSeconds(1));

        search.turn();

        assertThat(events.settled())
                .containsOnly(Map.entry(gone, Optional.empty()), Map.entry(never, Optional.empty()));
        assertThat(events.take(10)).isEmpty();
    }

    @Test
    void whileTemporalIsAwayNothingIsTakenAsGone() {
        StepAttempt step = step(UUID.randomUUID(), "a-1");
        events.seek(step, YOUNG);
        WorkflowServiceStubs nobody = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:1")
                .build());
        try {
            StepEventSearch cutOff = new StepEventSearch(events, new RunHistories(WorkflowClient.newInstance(nobody)));
            assertThatThrownBy(cutOff::turn).isInstanceOf(StatusRuntimeException.class);
        } finally {
            nobody.shutdownNow();
        }

        assertThat(events.settled()).isEmpty();
        assertThat(events.putOff()).containsKey(step);
    }

    private OneProcess begin() {
        OneProcess process = client.newWorkflowStub(
                OneProcess.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(WORKFLOW)
                        .setTaskQueue("orders")
                        .build());
        WorkflowClient.start(process::run);
        return process;
    }

    private String tell() {
        String id = Activity.getExecutionContext().getInfo().getActivityId();
        told.add(id);
        return id;
    }

    /** The step that has worked next; its event is waited for no longer than its task lasts. */
    private StepAttempt next() throws InterruptedException {
        String id = told.poll(20, TimeUnit.SECONDS);
        assertThat(id).isNotNull();
        return step(run(), String.valueOf(id));
    }

    private UUID run() {
        return UUID.fromString(history()
                .getFirst()
                .getWorkflowExecutionStartedEventAttributes()
                .getOriginalExecutionRunId());
    }

    private static StepAttempt step(UUID run, String activity) {
        return new StepAttempt(WORKFLOW, run, activity);
    }

    private EventType typeOf(Optional<Long> event) {
        return history().get(Math.toIntExact(event.orElseThrow()) - 1).getEventType();
    }

    private List<HistoryEvent> history() {
        return client.fetchHistory(WORKFLOW).getEvents();
    }
}
