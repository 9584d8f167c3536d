package io.throughline.workflows.reconciliation;

import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.workflows.SkippedTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One reconciliation of a shop that is down at first, on a server whose time is skipped. */
public final class ReconciliationScenario implements AutoCloseable {
    private static final String SHOP_QUEUE = "shopify";

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final ReconciliationWorkflow process;

    public ReconciliationScenario() {
        environment.newWorker("orders").registerWorkflowImplementationTypes(ReconciliationWorkflowImpl.class);
        environment.newWorker(SHOP_QUEUE).registerActivitiesImplementations(new DownAtFirst(calls));
        environment.start();
        process = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        ReconciliationWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("reconcile/" + SampleAccounts.SHOP)
                                .setTaskQueue("orders")
                                .build());
    }

    /** Runs it to its end. */
    public String result() {
        return process.run(SampleAccounts.SHOP, SHOP_QUEUE);
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    public WorkflowExecutionHistory history() {
        return SkippedTime.historyOf(environment, process);
    }

    @Override
    public void close() {
        environment.close();
    }

    private record DownAtFirst(List<String> calls) implements ReconciliationSteps {
        @Override
        public int ensureSubscriptions(AccountId account) {
            calls.add("subscriptions of " + account);
            if (calls.size() < 3) {
                throw new IllegalStateException("the shop is down");
            }
            return 2;
        }

        @Override
        public int recoverEvents(AccountId account) {
            calls.add("events of " + account);
            return 3;
        }

        @Override
        public int recoverOrders(AccountId account) {
            calls.add("orders of " + account);
            return 1;
        }
    }
}
