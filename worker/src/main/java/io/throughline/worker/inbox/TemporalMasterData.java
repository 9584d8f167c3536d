package io.throughline.worker.inbox;

import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.workflows.catalog.CatalogSyncWorkflow;
import io.throughline.workflows.catalog.ProductNewsWorkflow;
import io.throughline.workflows.customer.CustomerUpdateWorkflow;
import java.util.Collection;

/** The processes in Temporal that keep products and customers. */
public final class TemporalMasterData implements MasterDataProcesses {
    private final WorkflowClient client;
    private final Accounts accounts;

    public TemporalMasterData(WorkflowClient client, Accounts accounts) {
        this.client = client;
        this.accounts = accounts;
    }

    /** Starts the processes of catalogues that don't run yet, and ends those of accounts that are off. */
    public void keepCatalogs(Collection<Account> told) {
        told.forEach(this::keepCatalog);
    }

    private void keepCatalog(Account account) {
        CatalogSyncWorkflow sync = catalog(account.id());
        Starts.keep(
                client,
                account,
                CatalogSyncWorkflow.idOf(account.id()),
                () -> WorkflowClient.start(
                        sync::run, account.id(), account.system().taskQueue(), null));
    }

    @Override
    public void syncCatalog(AccountId account) {
        if (accounts.get(account).isOff()) {
            return;
        }
        CatalogSyncWorkflow sync = catalog(account);
        BatchRequest request = client.newSignalWithStartRequest();
        request.add(sync::run, account, queueOf(account), null);
        request.add(sync::wake, CatalogSyncWorkflow.REQUEST);
        client.signalWithStart(request);
    }

    @Override
    public void exportFinished(AccountId account) {
        Starts.wake(client, CatalogSyncWorkflow.idOf(account), CatalogSyncWorkflow.EXPORT);
    }

    @Override
    public void readProducts(AccountId account) {
        if (accounts.get(account).isOff()) {
            return;
        }
        ProductNewsWorkflow news = client.newWorkflowStub(
                ProductNewsWorkflow.class,
                options(ProductNewsWorkflow.idOf(account))
                        .setStaticSummary("Changed products of " + account)
                        .build());
        BatchRequest request = client.newSignalWithStartRequest();
        request.add(news::run, account, queueOf(account));
        request.add(news::wake);
        client.signalWithStart(request);
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
        return WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(Starts.QUEUE);
    }

    private String queueOf(AccountId account) {
        return accounts.get(account).system().taskQueue();
    }
}
