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

    /** How long histories are together. */
    record Size(long events, long bytes) {
        Size plus(Size more) {
            return new Size(events + more.events, bytes + more.bytes);
        }

        Size minus(Size before) {
            return new Size(events - before.events, bytes - before.bytes);
        }
    }

    /** Of all of them together. */
    Size size() {
        List<WorkflowExecutionInfo> runs = temporal.getWorkflowServiceStubs()
                .blockingStub()
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(temporal.getOptions().getNamespace())
                        .setQuery(SHARED)
                        .setPageSize(MOST_RUNS)
                        .build())
                .getExecutionsList();
        return runs.stream().map(this::size).reduce(new Size(0, 0), Size::plus);
    }

    private Size size(WorkflowExecutionInfo run) {
        WorkflowExecutionInfo described = described(run);
        return new Size(described.getHistoryLength(), described.getHistorySizeBytes());
    }

    /** The list knows the length of an ended run only. */
    private WorkflowExecutionInfo described(WorkflowExecutionInfo run) {
        return run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                ? temporal.getWorkflowServiceStubs()
                        .blockingStub()
                        .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                .setNamespace(temporal.getOptions().getNamespace())
                                .setExecution(run.getExecution())
                                .build())
                        .getWorkflowExecutionInfo()
                : run;
    }
}
