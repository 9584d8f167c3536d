package io.throughline.worker.inbox;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.throughline.domain.inventory.ImportId;
import io.throughline.workflows.inventory.StockImportWorkflow;
import java.util.function.Consumer;

/** Starts the process that books an import. */
public final class ImportProcesses implements Consumer<ImportId> {
    private final WorkflowClient client;

    public ImportProcesses(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public void accept(ImportId id) {
        StockImportWorkflow process = client.newWorkflowStub(
                StockImportWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(id.workflowId())
                        .setTaskQueue(Starts.QUEUE)
                        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                        .setStaticSummary("Stock import " + id)
                        .setStaticDetails("Progress and refused rows: `GET /v1/imports/" + id + "`")
                        .build());
        // One that runs goes through all rows by itself.
        Starts.unlessRunning(() -> WorkflowClient.start(process::run, id));
    }
}
