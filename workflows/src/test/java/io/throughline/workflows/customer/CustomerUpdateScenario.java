package io.throughline.workflows.customer;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.CustomerKey;
import java.util.concurrent.atomic.AtomicInteger;

/** A customer who is changed once more while they are read. */
public final class CustomerUpdateScenario implements AutoCloseable {
    private static final String SHOP_QUEUE = "shopify";

    private final AtomicInteger reads = new AtomicInteger();
    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setIdentity("test")
                            .build())
                    .build());
    private final CustomerKey customer = new CustomerKey(SampleAccounts.SHOP, "7001");
    private final CustomerUpdateWorkflow process;

    public CustomerUpdateScenario() {
        environment.newWorker("orders").registerWorkflowImplementationTypes(CustomerUpdateWorkflowImpl.class);
        environment.newWorker(SHOP_QUEUE).registerActivitiesImplementations((CustomerSteps) this::read);
        environment.start();
        process = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        CustomerUpdateWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(customer.workflowId())
                                .setTaskQueue("orders")
                                .build());
    }

    private void read(CustomerKey read) {
        if (reads.incrementAndGet() == 1) {
            process.wake();
        }
    }

    /** Runs it to its end; gives how often the customer was read. */
    public int reads() {
        process.run(customer, SHOP_QUEUE);
        return reads.get();
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
