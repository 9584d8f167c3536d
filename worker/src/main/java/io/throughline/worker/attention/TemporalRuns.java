package io.throughline.worker.attention;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.client.WorkflowClient;
import io.throughline.domain.account.SystemControls;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Asks Temporal's server. A failure of it comes out as it is: the next turn asks again. */
public final class TemporalRuns implements Runs {
    /** The fourth attempt of a task begins 25 s after the first. A process that fails so often does not get on. */
    static final int TASK_ATTEMPTS = 4;

    /** Steps show what lasts after their quick phase, three minutes at most. What is tried for longer without that shows itself nowhere. */
    static final Duration RETRIED_FOR = Duration.ofMinutes(4);

    static final int STEP_ATTEMPTS = 5;
    private static final String ORDERS =
            "WorkflowType = '" + SweptType.ORDER.typeName() + "' AND ExecutionStatus = 'Running'";

    private static final String ENDED_BADLY = "WorkflowType IN " + SweptType.missed()
            + " AND ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled')";

    private final WorkflowClient client;
    private final SystemControls controls;
    private final Clock clock;

    public TemporalRuns(WorkflowClient client, SystemControls controls, Clock clock) {
        this.client = client;
        this.controls = controls;
        this.clock = clock;
    }

    @Override
    public Optional<Run> look(String workflowId) {
        try {
            DescribeWorkflowExecutionResponse found = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(namespace())
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .build());
            WorkflowExecutionInfo info = found.getWorkflowExecutionInfo();
            boolean running = info.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
            return Optional.of(new Run(
                    running,
                    instant(info.getStartTime()),
                    running ? trouble(found) : Optional.empty(),
                    running && found.getPendingActivitiesCount() == 0 && !found.hasPendingWorkflowTask(),
                    running && failsItself(found)));
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static boolean failsItself(DescribeWorkflowExecutionResponse found) {
        return found.getPendingWorkflowTask().getAttempt() >= TASK_ATTEMPTS;
    }

    private Optional<String> trouble(DescribeWorkflowExecutionResponse found) {
        if (failsItself(found)) {
            return Optional.of("its workflow tasks fail in our own code, again and again");
        }
        return found.getPendingActivitiesList().stream()
                .filter(this::isStuck)
                .findFirst()
                .map(stuck -> "the step " + stuck.getActivityType().getName() + " fails again and again: "
                        + failureOf(stuck));
    }

    /** A step that somebody has seen to waits for a person, and does not fail. Held back is what its system's page tells. */
    private boolean isStuck(PendingActivityInfo step) {
        Instant longAgo = clock.instant().minus(RETRIED_FOR);
        return step.getAttempt() >= STEP_ATTEMPTS
                && instant(step.getScheduledTime()).isBefore(longAgo)
                && !failureOf(step).equals("SYSTEM_PAUSED")
                && !wasResumedSince(longAgo);
    }

    /** What waited for the end of a pause has been tried only since then; whose pause it was, a step does not tell. */
    private boolean wasResumedSince(Instant longAgo) {
        return controls.all().stream()
                .flatMap(control -> control.resumedAt().stream())
                .anyMatch(resumed -> resumed.isAfter(longAgo));
    }

    /** The kind only: a failure's own words may be anything. */
    private static String failureOf(PendingActivityInfo step) {
        if (step.getLastFailure().hasApplicationFailureInfo()) {
            return step.getLastFailure().getApplicationFailureInfo().getType();
        }
        return step.getLastFailure().hasTimeoutFailureInfo() ? "it does not end in time" : "its process goes away";
    }

    /** The same query for every page of a pass, as Temporal demands. */
    @Override
    public Page endedBadly(Instant since, String cursor, int limit) {
        return page(ENDED_BADLY + " AND CloseTime >= '" + since + "'", cursor, limit);
    }

    @Override
    public Page running(String cursor, int limit) {
        return page(ORDERS, cursor, limit);
    }

    private Page page(String query, String cursor, int limit) {
        ListWorkflowExecutionsResponse found =
                list(query, ByteString.copyFrom(Base64.getDecoder().decode(cursor)), limit);
        return new Page(
                found.getExecutionsList().stream()
                        .map(execution -> execution.getExecution().getWorkflowId())
                        .distinct()
                        .toList(),
                new String(
                        Base64.getEncoder().encode(found.getNextPageToken().toByteArray()), StandardCharsets.US_ASCII));
    }

    private ListWorkflowExecutionsResponse list(String query, ByteString token, int limit) {
        try {
            return listed(query, token, limit);
        } catch (StatusRuntimeException refused) {
            // The in-memory server has no visibility; what it forgets when it stops is found by the facts.
            if (refused.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return ListWorkflowExecutionsResponse.getDefaultInstance();
            }
            // Another server, or another release of it, does not know the mark: it is begun again.
            if (refused.getStatus().getCode() == Status.Code.INVALID_ARGUMENT && !token.isEmpty()) {
                return listed(query, ByteString.EMPTY, limit);
            }
            throw refused;
        }
    }

    private ListWorkflowExecutionsResponse listed(String query, ByteString token, int limit) {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(namespace())
                        .setQuery(query)
                        .setPageSize(limit)
                        .setNextPageToken(token)
                        .build());
    }

    private String namespace() {
        return client.getOptions().getNamespace();
    }

    private static Instant instant(Timestamp at) {
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
    }
}
