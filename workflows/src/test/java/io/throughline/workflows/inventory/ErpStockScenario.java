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

/** An ERP that is asked for a while, once while it is down, on a server whose time is skipped. */
public final class ErpStockScenario implements AutoCloseable {
    private static final String QUEUE = "erp";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final WorkflowExecution execution;

    public ErpStockScenario() {
        ErpStockSteps erp = this::takeIn;
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

    private ErpStockPass takeIn(AccountId account, ErpStockPass pass) {
        asked.add(account + " " + pass.cursor());
        if (asked.size() == 3) {
            throw new IllegalStateException("the ERP is down");
        }
        boolean first = pass.over();
        return new ErpStockPass(Instant.EPOCH, first ? "moves:200" : null, Instant.EPOCH);
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
