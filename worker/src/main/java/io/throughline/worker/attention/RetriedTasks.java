package io.throughline.worker.attention;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Overhears which tasks this process is given again. The server says with each task how often it was tried, so whoever gets it knows at once
 * whose process does not get on, be it by a failure, by a change that does not fit its history, or because whoever has it dies of it. What
 * gets on costs nothing. At most {@value #MOST} are kept; who is left out is heard of again with the next attempt.
 */
public final class RetriedTasks implements ClientInterceptor {
    private static final int MOST = 10_000;

    private final Set<String> workflowIds = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    public RetriedTasks(Clock clock) {
        this.clock = clock;
    }

    /** Of which processes, at most so many. They are told of once, until they are heard of again. */
    public List<String> take(int limit) {
        List<String> taken = new ArrayList<>();
        Iterator<String> heard = workflowIds.iterator();
        while (heard.hasNext() && taken.size() < limit) {
            taken.add(heard.next());
            heard.remove();
        }
        return taken;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        ClientCall<Q, R> call = next.newCall(method, options);
        return isPoll(method) ? new Overheard<>(call) : call;
    }

    private static boolean isPoll(MethodDescriptor<?, ?> method) {
        String name = method.getFullMethodName();
        return name.equals(WorkflowServiceGrpc.getPollWorkflowTaskQueueMethod().getFullMethodName())
                || name.equals(
                        WorkflowServiceGrpc.getPollActivityTaskQueueMethod().getFullMethodName());
    }

    private final class Overheard<Q, R> extends SimpleForwardingClientCall<Q, R> {
        Overheard(ClientCall<Q, R> call) {
            super(call);
        }

        @Override
        public void start(Listener<R> listener, Metadata headers) {
            super.start(
                    new SimpleForwardingClientCallListener<>(listener) {
                        @Override
                        public void onMessage(R message) {
                            heard(message);
                            super.onMessage(message);
                        }
                    },
                    headers);
        }
    }

    void heard(Object answer) {
        switch (answer) {
            case PollWorkflowTaskQueueResponse task
            when task.getAttempt() >= TemporalRuns.TASK_ATTEMPTS ->
                add(task.getWorkflowExecution().getWorkflowId());
            case PollActivityTaskQueueResponse step
            when isRetriedForLong(step) -> add(step.getWorkflowExecution().getWorkflowId());
            default -> {
                // It gets on.
            }
        }
    }

    private boolean isRetriedForLong(PollActivityTaskQueueResponse step) {
        Instant scheduled = Instant.ofEpochSecond(step.getScheduledTime().getSeconds());
        return step.getAttempt() >= TemporalRuns.STEP_ATTEMPTS
                && scheduled.isBefore(clock.instant().minus(TemporalRuns.RETRIED_FOR));
    }

    private void add(String workflowId) {
        if (workflowIds.size() < MOST) {
            workflowIds.add(workflowId);
        }
    }
}
