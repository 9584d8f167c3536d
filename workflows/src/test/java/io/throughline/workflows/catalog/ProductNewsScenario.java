package io.throughline.workflows.catalog;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A shop that has told news of more products than are read at once, and tells of one more while the last are read. */
public final class ProductNewsScenario implements AutoCloseable {
    private static final String SHOP_QUEUE = "shopify";

    private final List<Instant> reads = new CopyOnWriteArrayList<>();
    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setIdentity("test")
                            .build())
                    .build());
    private final ProductNewsWorkflow process;

    public ProductNewsScenario() {
        environment.newWorker("orders").registerWorkflowImplementationTypes(ProductNewsWorkflowImpl.class);
        environment.newWorker(SHOP_QUEUE).registerActivitiesImplementations(new Reading());
        environment.start();
        process = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        ProductNewsWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ProductNewsWorkflow.idOf(SampleAccounts.SHOP))
                                .setTaskQueue("orders")
                                .build());
    }

    /** The first of two times there are more to read; the second time, another one is told of. */
    private final class Reading implements CatalogSteps {
        @Override
        public boolean readNews(AccountId account) {
            reads.add(Instant.ofEpochMilli(environment.currentTimeMillis()));
            if (reads.size() == 2) {
                process.wake();
            }
            return reads.size() == 1;
        }

        @Override
        public SyncProgress advance(AccountId account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SyncOutcome finish(AccountId account) {
            throw new UnsupportedOperationException();
        }
    }

    /** Runs it to its end; gives how often products were read. */
    public int reads() {
        process.run(SampleAccounts.SHOP, SHOP_QUEUE);
        return reads.size();
    }

    Duration restAfterTheFirst() {
        return Duration.between(reads.getFirst(), reads.get(1));
    }

    public WorkflowExecutionHistory history() {
        WorkflowExecution execution = WorkflowStub.fromTyped(process).getExecution();
        return environment.getWorkflowClient().fetchHistory(execution.getWorkflowId(), execution.getRunId());
    }

    @Override
    public void close() {
        environment.close();
    }
}
