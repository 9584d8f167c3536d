package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.runtime.Metrics;
import io.throughline.runtime.TemporalConnection;
import io.throughline.worker.attention.RetriedTasks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That a process whose code fails shows: in the metrics by its kind, and by its name to whoever is given its task again. */
@Timeout(60)
final class WorkflowTaskMetricsTest {
    private static final String QUEUE = "faulty";

    @WorkflowInterface
    public interface Faulty {
        @WorkflowMethod
        void run();
    }

    public static final class FaultyImpl implements Faulty {
        @Override
        public void run() {
            throw new IllegalStateException("a fault in our code");
        }
    }

    @Test
    void aTaskThatFailsIsCountedByItsKind() {
        try (Metrics metrics = new Metrics("worker");
                TestWorkflowEnvironment temporal = environment(metrics.registry())) {
            temporal.newWorker(QUEUE).registerWorkflowImplementationTypes(FaultyImpl.class);
            temporal.start();
            WorkflowClient.start(temporal.getWorkflowClient()
                    .newWorkflowStub(
                            Faulty.class,
                            WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())::run);

            Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                Scrape scrape = new Scrape(metrics.scrape());
                assertThat(scrape.has("temporal_workflow_task_execution_failed_total"))
                        .isTrue();
                assertThat(scrape.labelsOf("temporal_workflow_task_execution_failed_total"))
                        .contains("workflow_type", "task_queue", "process");
            });
        }
    }

    @Test
    void whoseTaskIsTriedAgainAndAgainIsOverheard() {
        RetriedTasks retried = new RetriedTasks(Clock.systemUTC());
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowServiceStubsOptions(WorkflowServiceStubsOptions.newBuilder()
                        .setGrpcClientInterceptors(List.of(retried))
                        .build())
                .build())) {
            temporal.newWorker(QUEUE).registerWorkflowImplementationTypes(FaultyImpl.class);
            temporal.start();
            WorkflowClient.start(temporal.getWorkflowClient()
                    .newWorkflowStub(
                            Faulty.class,
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(QUEUE)
                                    .setWorkflowId("faulty/1")
                                    .setWorkflowTaskTimeout(Duration.ofSeconds(1))
                                    .build())::run);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(retried.take(10)).containsExactly("faulty/1"));
        }
    }

    private static TestWorkflowEnvironment environment(PrometheusMeterRegistry registry) {
        return TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setMetricsScope(TemporalConnection.metricsInto(registry))
                .build());
    }
}
