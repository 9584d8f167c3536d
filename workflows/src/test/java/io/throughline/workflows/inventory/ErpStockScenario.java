package io.throughline.workflows.inventory;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.workflows.SkippedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An ERP that is asked ever more seldom, once while it is down, and compared once, on a server whose time is skipped. */
public final class ErpStockScenario implements AutoCloseable {
    private static final String QUEUE = "erp";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> compared = Collections.synchronizedList(new ArrayList<>());
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final WorkflowExecution execution;

    public ErpStockScenario() {
        ErpStockSteps erp = new Erp();
        environment.newWorker("orders").registerWorkflowImplementationTypes(ErpStockWorkflowImpl.class);
        environment.getWorkerFactory().getWorker("orders").registerActivitiesImplementations(erp);
        environment.newWorker(QUEUE).registerActivitiesImplementations(erp);
        environment.start();
        ErpStockWorkflow process = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        ErpStockWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ErpStockWorkflow.workflowId(SampleAccounts.ERP))
                                .setTaskQueue("orders")
                                .build());
        execution = WorkflowClient.start(process::run, SampleAccounts.ERP, QUEUE);
        environment.sleep(Duration.ofSeconds(20));
    }

    private final class Erp implements ErpStockSteps {
        @Override
        public ErpStockPass takeIn(AccountId account, ErpStockPass pass) {
            asked.add(account + " " + pass.cursor() + " after " + pass.rest());
            if (asked.size() == 3) {
                throw new IllegalStateException("the ERP is down");
            }
            boolean first = pass.over();
            return new ErpStockPass(
                    Instant.EPOCH,
                    first ? "moves:200" : null,
                    Instant.EPOCH,
                    first ? pass.rest() : pass.rest().plusSeconds(2),
                    !first && asked.size() < 3);
        }

        @Override
        public ErpStockLook observe(AccountId account, ErpStockLook look) {
            compared.add("observed from " + look.cursor());
            return new ErpStockLook(look.over() ? "WH-WEST:0" : null);
        }

        @Override
        public int compare(AccountId account) {
            compared.add("compared");
            return 0;
        }
    }

    List<String> compared() {
        return List.copyOf(compared);
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    public WorkflowExecutionHistory history() {
        return environment.getWorkflowClient().fetchHistory(execution.getWorkflowId(), execution.getRunId());
    }

    @Override
    public void close() {
        environment.close();
    }
}
