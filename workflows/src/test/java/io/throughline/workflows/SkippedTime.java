package io.throughline.workflows;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Servers that skip the time in which nothing happens. */
public final class SkippedTime {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private SkippedTime() {}

    /** Its clients have a fixed identity, so that histories recorded anywhere are alike. */
    public static TestWorkflowEnvironment newServer() {
        return TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                        WorkflowClientOptions.newBuilder().setIdentity("test").build())
                .build());
    }

    /** Knows the search attributes by which a process shows where it stands still. */
    public static void showsStalls(TestWorkflowEnvironment server) {
        server.registerSearchAttribute("CaseOpen", IndexedValueType.INDEXED_VALUE_TYPE_BOOL);
        server.registerSearchAttribute("StalledStep", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        server.registerSearchAttribute("StalledSince", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
        server.registerSearchAttribute("RejectedBy", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    }

    /** Lets processes work until something is so, and little of their own time pass; {@code calls} are told when it never comes. */
    public static void await(
            TestWorkflowEnvironment server, String what, BooleanSupplier condition, Supplier<List<String>> calls) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("waited for " + what + ": " + calls.get());
            }
            server.sleep(Duration.ofMillis(20));
        }
    }

    /** Of the run that a stub has started. */
    public static WorkflowExecutionHistory historyOf(TestWorkflowEnvironment server, Object process) {
        WorkflowExecution execution = WorkflowStub.fromTyped(process).getExecution();
        return server.getWorkflowClient().fetchHistory(execution.getWorkflowId(), execution.getRunId());
    }
}
