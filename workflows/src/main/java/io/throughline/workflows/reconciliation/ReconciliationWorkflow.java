package io.throughline.workflows.reconciliation;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.account.AccountId;

/** One comparison of a channel account with what we know: finds what webhooks lost, and repairs it. Started by a schedule. */
@WorkflowInterface
public interface ReconciliationWorkflow {
    /** Ends with what was found, in words. */
    @WorkflowMethod(name = "Reconciliation")
    String run(AccountId account, String queue);
}
