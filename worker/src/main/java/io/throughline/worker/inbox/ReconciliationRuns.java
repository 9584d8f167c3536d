package io.throughline.worker.inbox;

import io.temporal.client.WorkflowClient;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.workflows.reconciliation.ReconciliationWorkflow;

/** Comparisons that somebody has asked for, beside those of the schedule. Two at a time find the same, and hand it on once. */
public final class ReconciliationRuns {
    private final WorkflowClient client;
    private final Accounts accounts;

    public ReconciliationRuns(WorkflowClient client, Accounts accounts) {
        this.client = client;
        this.accounts = accounts;
    }

    public void begin(AccountId account) {
        ReconciliationWorkflow pass = client.newWorkflowStub(
                ReconciliationWorkflow.class,
                Starts.once("reconcile/" + account + "/asked")
                        .setStaticSummary("Comparison with " + account + " that somebody has asked for")
                        .build());
        Starts.unlessRunning(() -> WorkflowClient.start(
                pass::run, account, accounts.get(account).system().taskQueue()));
    }
}
