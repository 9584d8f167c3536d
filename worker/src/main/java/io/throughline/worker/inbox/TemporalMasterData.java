package io.throughline.worker.inbox;

import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.workflows.catalog.CatalogSyncWorkflow;
import io.throughline.workflows.customer.CustomerUpdateWorkflow;

/** The processes in Temporal that keep products and customers. */
public final class TemporalMasterData implements MasterDataProcesses {
    private static final String QUEUE = "orders";

    private final WorkflowClient client;
    private final Accounts accounts;

    public TemporalMasterData(WorkflowClient client, Accounts accounts) {
        this.client = client;
        this.accounts = accounts;
    }

    /** One that runs already goes on as it is. */
    public void keepCatalog(AccountId account) {
        CatalogSyncWorkflow sync = catalog(account);
        Starts.unlessRunning(() -> WorkflowClient.start(sync::run, account, queueOf(account)));
    }

    @Override
    public void syncCatalog(AccountId account) {
        CatalogSyncWorkflow sync = catalog(account);
        BatchRequest request = client.newSignalWithStartRequest();
        request.add(sync::run, account, queueOf(account));
        request.add(sync::wake, CatalogSyncWorkflow.REQUEST);
        client.signalWithStart(request);
    }

    @Override
    public void exportFinished(AccountId account) {
        Starts.wake(client, CatalogSyncWorkflow.idOf(account), CatalogSyncWorkflow.EXPORT);
    }

    @Override
    public void refresh(CustomerKey customer) {
        CustomerUpdateWorkflow update = client.newWorkflowStub(
                CustomerUpdateWorkflow.class, options(customer.workflowId()).build());
        BatchRequest request = client.newSignalWithStartRequest();
        request.add(update::run, customer, queueOf(customer.account()));
        request.add(update::wake);
        client.signalWithStart(request);
    }

    private CatalogSyncWorkflow catalog(AccountId account) {
        return client.newWorkflowStub(
                CatalogSyncWorkflow.class,
                options(CatalogSyncWorkflow.idOf(account))
                        .setStaticSummary("Catalogue of " + account)
                        .setStaticDetails("Progress: `GET /v1/catalog/syncs/" + account + "`")
                        .build());
    }

    private static WorkflowOptions.Builder options(String id) {
        return WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUE);
    }

    private String queueOf(AccountId account) {
        return accounts.get(account).system().taskQueue();
    }
}
