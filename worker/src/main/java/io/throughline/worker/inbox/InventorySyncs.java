package io.throughline.worker.inbox;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.throughline.domain.account.Account;
import io.throughline.workflows.inventory.InventorySyncWorkflow;

/** The processes that tell the accounts of their stock: wakes one, or begins it. */
public final class InventorySyncs {
    private final WorkflowClient client;

    public InventorySyncs(WorkflowClient client) {
        this.client = client;
    }

    public void wake(Account account) {
        InventorySyncWorkflow sync = client.newWorkflowStub(
                InventorySyncWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(InventorySyncWorkflow.workflowId(account.id()))
                        .setTaskQueue(Starts.QUEUE)
                        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                        .setStaticSummary("Stock shown by " + account.id())
                        .build());
        BatchRequest request = client.newSignalWithStartRequest();
        request.add(sync::run, account.id(), account.system().taskQueue());
        request.add(sync::wake);
        client.signalWithStart(request);
    }
}
