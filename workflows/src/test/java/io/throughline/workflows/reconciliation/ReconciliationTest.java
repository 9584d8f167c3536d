package io.throughline.workflows.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    @Test
    void nothingMoreIsLostBeforeWhatWasLostIsFound() {
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
            environment.newWorker("orders").registerWorkflowImplementationTypes(ReconciliationWorkflowImpl.class);
            Worker shop = environment.newWorker("shopify");
            shop.registerActivitiesImplementations(new ReconciliationSteps() {
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
            });
            environment.start();
            ReconciliationWorkflow process = environment
                    .getWorkflowClient()
                    .newWorkflowStub(
                            ReconciliationWorkflow.class,
                            WorkflowOptions.newBuilder().setTaskQueue("orders").build());

            assertThat(process.run(SampleAccounts.SHOP, "shopify"))
                    .isEqualTo("1 orders and 3 events recovered, 2 subscriptions made");
        }
        assertThat(calls).endsWith("subscriptions of northwind", "events of northwind", "orders of northwind");
    }
}
