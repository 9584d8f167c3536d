package io.throughline.workflows.inventory;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.account.AccountId;

/**
 * Hears of an ERP's receipts, transfers and purchases for as long as there is the account. The ERP calls nobody, so it is asked: soon
 * after it had news and while somebody waits for what it is to bring, and ever more seldom while it has none.
 */
@WorkflowInterface
public interface ErpStockWorkflow {
    @WorkflowMethod(name = "ErpStock")
    void run(AccountId account, String queue);

    static String workflowId(AccountId account) {
        return "erp-stock/" + account;
    }
}
