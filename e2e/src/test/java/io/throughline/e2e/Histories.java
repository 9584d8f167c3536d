package io.throughline.e2e;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.throughline.local.TemporalServer;
import java.util.ArrayList;
import java.util.List;

/** What Temporal keeps: runs and their histories, read page by page. */
final class Histories implements AutoCloseable {
    private final TemporalServer server;
    private final WorkflowServiceStubs stubs;

    Histories(TemporalServer server) {
        this.server = server;
        this.stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.target())
                .validateAndBuildWithDefaults());
    }

    WorkflowServiceStubs stubs() {
        return stubs;
    }

    String namespace() {
        return server.namespace();
    }

    WorkflowClient client() {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder().setNamespace(namespace()).build());
    }

    ScheduleClient schedules() {
        return ScheduleClient.newInstance(
                stubs,
                ScheduleClientOptions.newBuilder().setNamespace(namespace()).build());
    }

    /** What the process says it waits for. */
    String waitingFor(String workflowId) {
        return client().newUntypedWorkflowStub(workflowId).query("waitingFor", String.class);
    }

    /** All runs that fit the list filter, or simply all when it is empty. */
    List<WorkflowExecutionInfo> runs(String filter) {
        List<WorkflowExecutionInfo> runs = new ArrayList<>();
        ByteString page = ByteString.EMPTY;
        do {
            ListWorkflowExecutionsResponse answer = stubs.blockingStub()
                    .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(namespace())
                            .setQuery(filter)
                            .setNextPageToken(page)
                            .build());
            runs.addAll(answer.getExecutionsList());
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return runs;
    }

    WorkflowExecutionStatus status(WorkflowExecution run) {
        return describe(run).getStatus();
    }

    /** The run of this workflow that is open, or was the last to be. */
    WorkflowExecution latest(String workflowId) {
        return describe(WorkflowExecution.newBuilder().setWorkflowId(workflowId).build())
                .getExecution();
    }

    /** It waits for something from outside: no task is due, and what was tried and failed waits for its next try. */
    boolean atRest(WorkflowExecution run) {
        DescribeWorkflowExecutionResponse seen = description(run);
        return !seen.hasPendingWorkflowTask()
                && seen.getPendingActivitiesList().stream()
                        .allMatch(pending -> pending.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
                                && pending.getAttempt() > 1);
    }

    /**
     * What the Temporal UI shows beside a history, and no history keeps: the details of the moment, which the run itself composes when it
     * is asked.
     */
    WorkflowMetadata metadata(WorkflowExecution run) {
        WorkflowTargetOptions target =
                WorkflowTargetOptions.newBuilder().setWorkflowExecution(run).build();
        return client().newUntypedWorkflowStub(target)
                .query(WorkflowClient.QUERY_TYPE_WORKFLOW_METADATA, WorkflowMetadata.class);
    }

    /** By which runs are searched for and listed. */
    SearchAttributes attributes(WorkflowExecution run) {
        WorkflowTargetOptions target =
                WorkflowTargetOptions.newBuilder().setWorkflowExecution(run).build();
        return client().newUntypedWorkflowStub(target).describe().getTypedSearchAttributes();
    }

    private WorkflowExecutionInfo describe(WorkflowExecution run) {
        return description(run).getWorkflowExecutionInfo();
    }

    DescribeWorkflowExecutionResponse description(WorkflowExecution run) {
        return stubs.blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(namespace())
                        .setExecution(run)
                        .build());
    }

    List<HistoryEvent> events(WorkflowExecution run) {
        List<HistoryEvent> events = new ArrayList<>();
        ByteString page = ByteString.EMPTY;
        do {
            GetWorkflowExecutionHistoryResponse answer = stubs.blockingStub()
                    .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                            .setNamespace(namespace())
                            .setExecution(run)
                            .setNextPageToken(page)
                            .build());
            events.addAll(answer.getHistory().getEventsList());
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return events;
    }

    @Override
    public void close() {
        stubs.shutdownNow();
    }
}
