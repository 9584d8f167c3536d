package io.throughline.e2e;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.ResetReapplyExcludeType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Resets processes as an operator would, and waits for what comes of it. */
final class Resets {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Histories histories;

    Resets(Histories histories) {
        this.histories = histories;
    }

    /** Where a run can be reset to. */
    List<Long> boundaries(WorkflowExecution run) {
        return histories.events(run).stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
                .map(HistoryEvent::getEventId)
                .toList();
    }

    /** Signals after the point are sent to the new run again, or left out. Gives the new run. */
    WorkflowExecution reset(WorkflowExecution run, long boundary, boolean withSignals) {
        ResetWorkflowExecutionRequest.Builder request = ResetWorkflowExecutionRequest.newBuilder()
                .setNamespace(histories.namespace())
                .setWorkflowExecution(run)
                .setWorkflowTaskFinishEventId(boundary)
                .setRequestId(UUID.randomUUID().toString())
                .setReason("test of resets");
        if (!withSignals) {
            request.addResetReapplyExcludeTypes(ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL);
        }
        String runId = histories
                .stubs()
                .blockingStub()
                .resetWorkflowExecution(request.build())
                .getRunId();
        return run.toBuilder().setRunId(runId).build();
    }

    /** What the runbook says to do after each reset. A run that has ended already needs no waking. */
    void wake(WorkflowExecution run) {
        try {
            histories.client().newUntypedWorkflowStub(run.getWorkflowId()).signal("wake", "everything");
        } catch (WorkflowNotFoundException ended) {
            // It had all facts and went through at once.
        }
    }

    void awaitCompletion(String what, WorkflowExecution run) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> histories.status(run) != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    }
}
