package io.throughline.bench;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import java.util.List;

/** The histories of processes that serve many orders together (stock told and heard, the ERP's stock): no order's own, but not free. */
final class SharedHistories {
    private static final String SHARED = "WorkflowType != 'OrderToCash'";
    private static final int MOST_RUNS = 1_000;

    private final WorkflowClient temporal;

    SharedHistories(WorkflowClient temporal) {
        this.temporal = temporal;
    }

    /** How many events they have all together. */
    long events() {
        List<WorkflowExecutionInfo> runs = temporal.getWorkflowServiceStubs()
                .blockingStub()
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(temporal.getOptions().getNamespace())
                        .setQuery(SHARED)
                        .setPageSize(MOST_RUNS)
                        .build())
                .getExecutionsList();
        return runs.stream().mapToLong(this::length).sum();
    }

    /** The list knows the length of an ended run only. */
    private long length(WorkflowExecutionInfo run) {
        return run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                ? temporal.getWorkflowServiceStubs()
                        .blockingStub()
                        .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                .setNamespace(temporal.getOptions().getNamespace())
                                .setExecution(run.getExecution())
                                .build())
                        .getWorkflowExecutionInfo()
                        .getHistoryLength()
                : run.getHistoryLength();
    }
}
