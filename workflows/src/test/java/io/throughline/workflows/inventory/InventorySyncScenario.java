package io.throughline.workflows.inventory;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.workflows.SkippedTime;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop that is told in two turns, then rests, is woken, and rests again. */
public final class InventorySyncScenario implements AutoCloseable {
    static final String SHOP_QUEUE = "shopify";

    private final Semaphore turns = new Semaphore(0);
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final InventorySyncWorkflow process;

    public InventorySyncScenario() {
        process = process(environment, new TwoTurnsAtFirst(turns, new AtomicInteger()));
    }

    /** The shop's process, which has yet to be started on {@link #SHOP_QUEUE}, in an environment that runs. */
    static InventorySyncWorkflow process(TestWorkflowEnvironment environment, InventorySyncSteps shop) {
        environment.newWorker("orders").registerWorkflowImplementationTypes(InventorySyncWorkflowImpl.class);
        environment.newWorker(SHOP_QUEUE).registerActivitiesImplementations(shop);
        environment.start();
        return environment
                .getWorkflowClient()
                .newWorkflowStub(
                        InventorySyncWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(InventorySyncWorkflow.workflowId(SampleAccounts.SHOP))
                                .setTaskQueue("orders")
                                .build());
    }

    public void play() {
        WorkflowClient.start(process::run, SampleAccounts.SHOP, SHOP_QUEUE);
        awaitTurns(2);
        process.wake();
        awaitTurns(1);
    }

    private void awaitTurns(int more) {
        try {
            if (!turns.tryAcquire(more, 20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the account was not told");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    public WorkflowExecutionHistory history() {
        return SkippedTime.historyOf(environment, process);
    }

    @Override
    public void close() {
        environment.close();
    }

    private record TwoTurnsAtFirst(Semaphore turns, AtomicInteger first) implements InventorySyncSteps {
        @Override
        public boolean publish(AccountId account) {
            turns.release();
            return first.incrementAndGet() == 1;
        }
    }
}
