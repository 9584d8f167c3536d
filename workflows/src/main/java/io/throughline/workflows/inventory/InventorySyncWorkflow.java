package io.throughline.workflows.inventory;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.account.AccountId;

/**
 * Keeps the stock that one account's system shows in step with the ledger, for as long as there is the account. What there is to tell is
 * kept in the ledger, so a run that is lost or started anew tells the same.
 */
@WorkflowInterface
public interface InventorySyncWorkflow {
    /** {@code queue} is that of the account's system. */
    @WorkflowMethod(name = "InventorySync")
    void run(AccountId account, String queue);

    /** There is news in the ledger; whoever is at rest is told once. */
    @SignalMethod
    void wake();

    static String workflowId(AccountId account) {
        return "inventory/" + account;
    }
}
