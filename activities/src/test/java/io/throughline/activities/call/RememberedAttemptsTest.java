package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.trace.StepAttempt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedAttemptsTest {
    /** A step that tells in which attempt it works. */
    @ActivityInterface
    public interface Telling {
        String attempt();
    }

    /** A process with a queued step and a local one. */
    @WorkflowInterface
    public interface OneProcess {
        @WorkflowMethod
        List<String> run();
    }

    /** Asks both. */
    public static final class ProcessImpl implements OneProcess {
        @Override
        public List<String> run() {
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
            return List.of(queued.attempt(), local.attempt());
        }
    }

    @Test
    void eachStepKnowsItsRunAndNobodyElseDoes() {
        try (TestWorkflowEnvironment environment =
                TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                        .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                                .setWorkerInterceptors(new RememberedAttempts())
                                .build())
                        .build())) {
            Worker worker = environment.newWorker("orders");
            worker.registerWorkflowImplementationTypes(ProcessImpl.class);
            worker.registerActivitiesImplementations((Telling) RememberedAttemptsTest::told);
            environment.start();
            OneProcess process = environment
                    .getWorkflowClient()
                    .newWorkflowStub(
                            OneProcess.class,
                            WorkflowOptions.newBuilder()
                                    .setWorkflowId("order/northwind/1501")
                                    .setTaskQueue("orders")
                                    .build());

            List<String> told = process.run();

            String run = WorkflowStub.fromTyped(process).getExecution().getRunId();
            assertThat(told).allMatch(attempt -> attempt.startsWith("order/northwind/1501 " + run + " "));
            assertThat(told).doesNotHaveDuplicates();
            assertThat(StepAttempt.current()).isEmpty();
        }
    }

    private static String told() {
        return StepAttempt.current()
                .map(attempt -> attempt.workflowId() + " " + attempt.runId() + " " + attempt.activityId())
                .orElse("nobody");
    }
}
