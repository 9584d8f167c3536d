package io.throughline.e2e;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.ResetReapplyExcludeType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Resets processes as an operator would, and waits for what comes of it. */
final class Resets {
    /** Longer than the time after which a step of the ERP is taken again whose attempt was lost, as may happen on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Histories histories;
    private final AtomicInteger made = new AtomicInteger();

    Resets(Histories histories) {
        this.histories = histories;
    }

    int made() {
        return made.get();
    }

    /** Shows whoever watches the test how far it has come. */
    void tell(String line) {
        System.out.println("  " + made() + " resets; " + line);
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
        made.incrementAndGet();
        return run.toBuilder().setRunId(runId).build();
    }

    /** What the runbook says to do after a reset. A run that has ended already needs no waking. */
    void wake(WorkflowExecution run) {
        try {
            histories.client().newUntypedWorkflowStub(run.getWorkflowId()).signal("wake", "everything");
        } catch (WorkflowNotFoundException ended) {
            // It had all facts and went through at once.
        }
    }

    void awaitRest(String what, WorkflowExecution run) {
        await(what + " to wait for something", () -> histories.atRest(run));
    }

    /** Waits for the run's end, which is to be a good one. */
    void awaitCompletion(String what, WorkflowExecution run) {
        await(what + " to end", () -> switch (histories.status(run)) {
            case WORKFLOW_EXECUTION_STATUS_RUNNING -> false;
            case WORKFLOW_EXECUTION_STATUS_COMPLETED -> true;
            default -> throw new AssertionError(what + " ended " + histories.status(run));
        });
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, condition, () -> "");
    }

    /** {@code instead} tells how it stands when patience is at its end. */
    static void await(String what, BooleanSupplier condition, Supplier<Object> instead) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("waited in vain for " + what + " " + instead.get(), late);
        }
    }
}
