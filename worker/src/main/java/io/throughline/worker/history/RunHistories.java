package io.throughline.worker.history;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads the histories of runs. A failure of Temporal's server comes out as it is. */
public final class RunHistories {
    private static final int PAGE = 500;

    /** Temporal ends a run whose history is longer than 51,200 events. */
    private static final int MOST_PAGES = 110;

    private static final String LOCAL_STEP = "LocalActivity";
    private static final Set<EventType> ENDS = EnumSet.of(
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW);

    private final WorkflowClient client;

    public RunHistories(WorkflowClient client) {
        this.client = client;
    }

    /** The events of steps by activity id; {@code over}: no more will come. */
    record Steps(Map<String, Long> events, boolean over) {}

    /** Reads on until all of {@code sought} are found; empty where Temporal has forgotten the run. */
    Optional<Steps> read(String workflowId, UUID run, Set<String> sought) {
        try {
            return Optional.of(pages(workflowId, run, sought));
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Steps pages(String workflowId, UUID run, Set<String> sought) {
        Map<String, Long> events = new HashMap<>();
        boolean over = false;
        ByteString next = ByteString.EMPTY;
        int pages = 0;
        do {
            GetWorkflowExecutionHistoryResponse page = page(workflowId, run, next);
            for (HistoryEvent event : page.getHistory().getEventsList()) {
                activityId(event).ifPresent(activity -> events.putIfAbsent(activity, event.getEventId()));
                over |= ENDS.contains(event.getEventType());
            }
            next = page.getNextPageToken();
            pages++;
        } while (!next.isEmpty() && pages < MOST_PAGES && !events.keySet().containsAll(sought));
        return new Steps(events, over || pages == MOST_PAGES);
    }

    private GetWorkflowExecutionHistoryResponse page(String workflowId, UUID run, ByteString token) {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder()
                                .setWorkflowId(workflowId)
                                .setRunId(run.toString()))
                        .setMaximumPageSize(PAGE)
                        .setNextPageToken(token)
                        .build());
    }

    private static Optional<String> activityId(HistoryEvent event) {
        return switch (event.getEventType()) {
            case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED ->
                Optional.of(event.getActivityTaskScheduledEventAttributes().getActivityId());
            case EVENT_TYPE_MARKER_RECORDED -> localActivityId(event.getMarkerRecordedEventAttributes());
            default -> Optional.empty();
        };
    }

    /** A local step has no event that schedules it; its marker is written with the task that it was part of. */
    private static Optional<String> localActivityId(MarkerRecordedEventAttributes marker) {
        Payloads id = marker.getDetailsOrDefault("activityId", Payloads.getDefaultInstance());
        return marker.getMarkerName().equals(LOCAL_STEP) && id.getPayloadsCount() > 0
                ? Optional.ofNullable(DefaultDataConverter.STANDARD_INSTANCE.fromPayloads(
                        0, Optional.of(id), String.class, String.class))
                : Optional.empty();
    }
}
