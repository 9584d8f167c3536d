package io.throughline.worker;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.throughline.domain.account.Account;
import io.throughline.worker.inbox.Starts;
import io.throughline.workflows.inventory.ErpStockWorkflow;
import java.util.Collection;

/** The processes that hear of the ERPs' stock: one for each account that is not off, for as long as there is a server. */
final class ErpStocks {
    private final WorkflowClient client;

    ErpStocks(WorkflowClient client) {
        this.client = client;
    }

    /** Starts those that don't run yet, and ends those of accounts that are off. */
    void keep(Collection<Account> accounts) {
        accounts.forEach(this::keep);
    }

    private void keep(Account account) {
        String id = ErpStockWorkflow.workflowId(account.id());
        ErpStockWorkflow process = client.newWorkflowStub(
                ErpStockWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue(Starts.QUEUE)
                        .setStaticSummary("Stock of " + account.id())
                        .build());
        Starts.keep(
                client,
                account,
                id,
                () -> WorkflowClient.start(
                        process::run, account.id(), account.system().taskQueue()));
    }
}
