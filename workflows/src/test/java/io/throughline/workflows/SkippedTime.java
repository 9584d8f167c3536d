package io.throughline.workflows;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;

/** Servers that skip the time in which nothing happens. */
public final class SkippedTime {
    private SkippedTime() {}

    /** Its clients have a fixed identity, so that histories recorded anywhere are alike. */
    public static TestWorkflowEnvironment newServer() {
        return TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                        WorkflowClientOptions.newBuilder().setIdentity("test").build())
                .build());
    }

    /** Of the run that a stub has started. */
    public static WorkflowExecutionHistory historyOf(TestWorkflowEnvironment server, Object process) {
        WorkflowExecution execution = WorkflowStub.fromTyped(process).getExecution();
        return server.getWorkflowClient().fetchHistory(execution.getWorkflowId(), execution.getRunId());
    }
}
