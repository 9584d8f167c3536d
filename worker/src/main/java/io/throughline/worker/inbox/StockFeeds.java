package io.throughline.worker.inbox;

import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.workflows.inventory.StockFeedInput;
import io.throughline.workflows.inventory.StockFeedWorkflow;
import java.util.Collection;

/** The processes that hear of the accounts' stock: one for each, which runs for as long as there is a server. */
public final class StockFeeds implements StockNews {
    private final WorkflowClient client;
    private final Accounts accounts;

    public StockFeeds(WorkflowClient client, Accounts accounts) {
        this.client = client;
        this.accounts = accounts;
    }

    /** Starts those that don't run yet, and ends those of accounts that are off. */
    public void keep(Collection<Account> heard) {
        heard.forEach(this::keep);
    }

    private void keep(Account account) {
        StockFeedWorkflow feed = feed(account);
        Starts.keep(
                client,
                account,
                StockFeedInput.workflowId(account.id()),
                () -> WorkflowClient.start(feed::run, input(account)));
    }

    @Override
    public void heardOf(AccountId id) {
        Account account = accounts.get(id);
        if (account.isOff()) {
            return;
        }
        StockFeedWorkflow feed = feed(account);
        BatchRequest wakeOrStart = client.newSignalWithStartRequest();
        wakeOrStart.add(feed::run, input(account));
        wakeOrStart.add(feed::wake);
        client.signalWithStart(wakeOrStart);
    }

    private StockFeedWorkflow feed(Account account) {
        return client.newWorkflowStub(
                StockFeedWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(StockFeedInput.workflowId(account.id()))
                        .setTaskQueue(Starts.QUEUE)
                        .setStaticSummary("Stock of " + account.id())
                        .build());
    }

    private static StockFeedInput input(Account account) {
        return StockFeedInput.of(account.id(), account.system().taskQueue());
    }
}
