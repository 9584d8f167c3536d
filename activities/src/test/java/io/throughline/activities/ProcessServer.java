package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.throughline.activities.call.Doorbell;
import io.throughline.workflows.fulfillment.FulfillmentRerouteWorkflowImpl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A Temporal of one test's own, which skips time and works on every queue. */
public final class ProcessServer implements AutoCloseable {
    private static final List<String> QUEUES =
            List.of("orders", "shopify", "pos", "erp", "messaging", "carrier", "marketplace");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String subject;
    private final Supplier<String> state;
    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setIdentity("test")
                            .build())
                    .build());

    /** A test that waits in vain tells the {@code state} of the {@code subject} of its process. */
    public ProcessServer(String subject, Supplier<String> state) {
        this.subject = subject;
        this.state = state;
    }

    public static Set<String> queues() {
        return Set.copyOf(QUEUES);
    }

    public void start(Map<String, IndexedValueType> attributes, Class<?> process, Object... activities) {
        attributes.forEach(environment::registerSearchAttribute);
        QUEUES.forEach(queue -> {
            Worker worker = environment.newWorker(queue);
            worker.registerWorkflowImplementationTypes(process);
            if (process != FulfillmentRerouteWorkflowImpl.class) {
                worker.registerWorkflowImplementationTypes(FulfillmentRerouteWorkflowImpl.class);
            }
            worker.registerActivitiesImplementations(activities);
        });
        environment.start();
    }

    /** A process that is yet to be started. */
    public WorkflowStub process(Class<?> type, String workflowId) {
        return WorkflowStub.fromTyped(environment
                .getWorkflowClient()
                .newWorkflowStub(
                        type,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(workflowId)
                                .setTaskQueue("orders")
                                .build()));
    }

    /** One that was started before. */
    public WorkflowStub process(String workflowId) {
        return environment.getWorkflowClient().newUntypedWorkflowStub(workflowId);
    }

    /** Makes room for another run, whether it has ended or not. */
    public void terminate(WorkflowStub process) {
        try {
            process.terminate("started again");
        } catch (WorkflowNotFoundException ended) {
            assertThat(running(process)).isFalse();
        }
    }

    /** As the dispatcher does it: one that does not run is started, and looks at everything. */
    public void wakeOrStart(WorkflowStub process, String about, Object input) {
        WorkflowStub known = process(process.getOptions().orElseThrow().getWorkflowId());
        if (!wake(known, about)) {
            try {
                process.start(input);
            } catch (WorkflowExecutionAlreadyStarted race) {
                wake(known, about);
            }
        }
    }

    /** False: it does not run, and so waits for nothing. */
    public boolean wake(WorkflowStub process, String about) {
        try {
            process.signal("wake", about);
            return true;
        } catch (WorkflowNotFoundException none) {
            return false;
        }
    }

    public boolean running(WorkflowStub process) {
        try {
            return process.describe().getStatus().name().endsWith("RUNNING");
        } catch (WorkflowNotFoundException notBegun) {
            return false;
        }
    }

    public String result(WorkflowStub process) {
        try {
            return process.getResult(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, String.class);
        } catch (TimeoutException | WorkflowFailedException hanging) {
            throw new AssertionError("the " + subject + " hangs: " + state.get(), hanging);
        }
    }

    public int historyLength(WorkflowStub process) {
        return environment
                .getWorkflowClient()
                .fetchHistory(process.getExecution().getWorkflowId())
                .getEvents()
                .size();
    }

    public void await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s; %s", what, state.get()).isLessThan(until);
            environment.sleep(Duration.ofMillis(20));
        }
    }

    public void passes(Duration time) {
        environment.sleep(time);
    }

    public Instant now() {
        return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    public Clock clock() {
        return new ClockOf(environment);
    }

    public Doorbell doorbell() {
        return (workflowId, step, about, code, caseId) -> environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(workflowId)
                .signal("stalled", step, about, code, caseId.value());
    }

    @Override
    public void close() {
        environment.close();
    }

    private static final class ClockOf extends Clock {
        private final TestWorkflowEnvironment environment;

        ClockOf(TestWorkflowEnvironment environment) {
            this.environment = environment;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(environment.currentTimeMillis());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
