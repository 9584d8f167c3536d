package io.throughline.worker;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.worker.inbox.Starts;
import io.throughline.workflows.inventory.ErpStockWorkflow;

/** The processes that hear of the ERPs' stock: one for each account that is not off, for as long as there is a server. */
final class ErpStocks {
    private final WorkflowClient client;

    ErpStocks(WorkflowClient client) {
        this.client = client;
    }

    /** Starts those that don't run yet. */
    void start(Accounts accounts) {
        accounts.all().stream()
                .filter(account -> account.system() == OutsideSystem.TRYTON && account.mode() != EffectMode.OFF)
                .forEach(this::start);
    }

    private void start(Account account) {
        ErpStockWorkflow process = client.newWorkflowStub(
                ErpStockWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(ErpStockWorkflow.workflowId(account.id()))
                        .setTaskQueue("orders")
                        .setStaticSummary("Stock of " + account.id())
                        .build());
        Starts.unlessRunning(() -> WorkflowClient.start(
                process::run, account.id(), account.system().taskQueue()));
    }
}
