package io.throughline.workflows.catalog;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.workflows.catalog.SyncProgress.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shop's catalogue whose export takes two looks and whose content two slices, on a server whose time is skipped. */
public final class CatalogSyncScenario implements AutoCloseable {
    private static final String SHOP_QUEUE = "shopify";

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setIdentity("test")
                            .build())
                    .build());
    private final CatalogSyncWorkflow process;
    private final WorkflowExecution first;

    public CatalogSyncScenario() {
        this(null);
    }

    /** {@code underWay}: the sync was begun by another run. */
    CatalogSyncScenario(CatalogSyncWorkflow.@Nullable UnderWay underWay) {
        environment.newWorker("orders").registerWorkflowImplementationTypes(CatalogSyncWorkflowImpl.class);
        environment.newWorker(SHOP_QUEUE).registerActivitiesImplementations(new Slices(calls));
        environment.start();
        process = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        CatalogSyncWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(CatalogSyncWorkflow.idOf(SampleAccounts.SHOP))
                                .setTaskQueue("orders")
                                .build());
        first = WorkflowClient.start(process::run, SampleAccounts.SHOP, SHOP_QUEUE, underWay);
    }

    /** Goes on until the second run has begun. */
    public void untilItBeginsAgain() {
        while (calls.stream().filter("finish"::equals).count() < 2) {
            environment.sleep(Duration.ofMinutes(10));
        }
    }

    void request() {
        process.wake(CatalogSyncWorkflow.REQUEST);
    }

    void sleep(Duration duration) {
        environment.sleep(duration);
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    /** Of the first run. */
    public WorkflowExecutionHistory history() {
        return environment.getWorkflowClient().fetchHistory(first.getWorkflowId(), first.getRunId());
    }

    @Override
    public void close() {
        environment.close();
    }

    private record Slices(List<String> calls) implements CatalogSteps {
        @Override
        public boolean readNews(AccountId account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SyncProgress advance(AccountId account) {
            calls.add("advance");
            long before = calls.stream().filter("advance"::equals).count() % 4;
            return before == 1 || before == 2
                    ? new SyncProgress(Phase.EXPORTING, 0, "the export has 10 objects so far")
                    : before == 3
                            ? new SyncProgress(Phase.READING, 60, "6 products taken in")
                            : new SyncProgress(Phase.READ, 100, "10 products taken in");
        }

        @Override
        public SyncOutcome finish(AccountId account) {
            calls.add("finish");
            return new SyncOutcome("10 products", Duration.ofHours(1));
        }
    }
}
