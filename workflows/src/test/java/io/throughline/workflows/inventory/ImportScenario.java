package io.throughline.workflows.inventory;

import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImport.Progress;
import io.throughline.workflows.SkippedTime;
import java.util.concurrent.atomic.AtomicInteger;

/** One import of three steps, the second of which fails once, on a server whose time is skipped. */
public final class ImportScenario implements AutoCloseable {
    private static final ImportId IMPORT = new ImportId("I-7");

    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final AtomicInteger calls = new AtomicInteger();
    private final StockImportWorkflow process;

    public ImportScenario() {
        environment.newWorker("orders").registerWorkflowImplementationTypes(StockImportWorkflowImpl.class);
        environment.getWorkerFactory().getWorker("orders").registerActivitiesImplementations((StockImportSteps)
                this::book);
        environment.start();
        process = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        StockImportWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(IMPORT.workflowId())
                                .setTaskQueue("orders")
                                .build());
    }

    private Progress book(ImportId id) {
        int call = calls.incrementAndGet();
        if (call == 2) {
            throw new IllegalStateException("the database is away");
        }
        int taken = Math.min(call * 100, 250);
        return new Progress(250, taken, taken, 0, 0, 0, 0, 0, call == 4);
    }

    /** Runs it to its end. */
    public String result() {
        return process.run(IMPORT);
    }

    public WorkflowExecutionHistory history() {
        return SkippedTime.historyOf(environment, process);
    }

    @Override
    public void close() {
        environment.close();
    }
}
