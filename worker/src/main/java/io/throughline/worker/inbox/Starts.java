package io.throughline.worker.inbox;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.throughline.domain.account.Account;

/** Begins processes that may be running. */
public final class Starts {
    /** Of every process, whatever it is about. */
    public static final String QUEUE = "orders";

    private Starts() {}

    /** Of a process that runs once at a time, and may run again after its end. */
    static WorkflowOptions.Builder once(String workflowId) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(QUEUE)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL);
    }

    /**
     * The process of an account that goes on for as long as there is a server: begun where it doesn't run yet, and ended where the account
     * is off. Its standing must all be in the facts, so that a later one goes on from there.
     */
    public static void keep(WorkflowClient client, Account account, String workflowId, Runnable start) {
        if (account.isOff()) {
            endIfRunning(client, workflowId, "the account is off");
        } else {
            unlessRunning(start);
        }
    }

    /** One that runs is the one that is wanted. */
    static void unlessRunning(Runnable start) {
        try {
            start.run();
        } catch (WorkflowExecutionAlreadyStarted running) {
            // Nothing is left to do.
        }
    }

    private static void endIfRunning(WorkflowClient client, String workflowId, String reason) {
        try {
            client.newUntypedWorkflowStub(workflowId).terminate(reason);
        } catch (WorkflowNotFoundException none) {
            // Nothing is left to do.
        }
    }

    /** Wakes a process with what there is news about, or begins it, which looks at everything. True: it was running. */
    static boolean wakeOrStart(WorkflowClient client, String workflowId, String about, Runnable start) {
        if (wake(client, workflowId, about)) {
            return true;
        }
        try {
            start.run();
        } catch (WorkflowExecutionAlreadyStarted race) {
            client.newUntypedWorkflowStub(workflowId).signal("wake", about);
        }
        return false;
    }

    /** False: it does not run, and so waits for nothing. */
    static boolean wake(WorkflowClient client, String workflowId, String about) {
        try {
            client.newUntypedWorkflowStub(workflowId).signal("wake", about);
            return true;
        } catch (WorkflowNotFoundException none) {
            return false;
        }
    }
}
