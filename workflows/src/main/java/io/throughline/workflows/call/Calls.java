package io.throughline.workflows.call;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Function;

/**
 * The only place that chooses how an activity is called. Local first, where the process' pinned policy allows it: one marker and no
 * queue. If that attempt fails, or the system's queue must be used, a queued activity follows that is retried without end; its
 * implementation sets the delays and opens the case. The effects ledger makes both equally safe.
 */
public final class Calls<A> {
    private static final Duration LOCAL_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than an effect's lease. */
    private static final Duration QUEUED_TIMEOUT = Duration.ofSeconds(45);

    /** A process whose steps have given no sign of life for so long has died, or can't be told from a dead one. */
    public static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);

    /** The ERP takes seconds for a document, and many wait for one poster. */
    private static final String SLOW_QUEUE = "erp";

    private static final Duration SLOW_TIMEOUT = Duration.ofMinutes(3);

    /** A pass over many pages may take as long as it needs, while each page is heard of. */
    private static final Duration LONGEST_PASS = Duration.ofHours(6);

    /** A slice of long work is over soon, and another process goes on with the next. */
    private static final Duration LONGEST_SLICE = Duration.ofMinutes(5);

    /** Whoever takes longer is taken for dead; if it is not, its page still counts, and the other one goes on after it. */
    private static final Duration LONGEST_PAGE_OF_SLICE = Duration.ofSeconds(15);

    private static final Duration LONGEST_PAGE = Duration.ofMinutes(2);

    private final A local;
    private final A queued;
    private final boolean localFirst;

    private Calls(A local, A queued, boolean localFirst) {
        this.local = local;
        this.queued = queued;
        this.localFirst = localFirst;
    }

    /** For activities that do a part of long work, tell by heartbeats how far they have come, and keep their place in the database. */
    public static <A> Calls<A> inSlices(Class<A> activities, String taskQueue, String summary) {
        return told(activities, taskQueue, summary, LONGEST_SLICE, LONGEST_PAGE_OF_SLICE);
    }

    /** For activities that go through pages and tell by heartbeats how far they have come. */
    public static <A> Calls<A> inPages(Class<A> activities, String taskQueue, String summary) {
        return told(activities, taskQueue, summary, LONGEST_PASS, LONGEST_PAGE);
    }

    private static <A> Calls<A> told(
            Class<A> activities, String taskQueue, String summary, Duration longest, Duration longestPage) {
        A stub = Workflow.newActivityStub(
                activities,
                ActivityOptions.newBuilder()
                        .setTaskQueue(taskQueue)
                        .setStartToCloseTimeout(longest)
                        .setHeartbeatTimeout(longestPage)
                        .setRetryOptions(retries())
                        .setSummary(summary)
                        .build());
        return new Calls<>(stub, stub, false);
    }

    /** {@code summary} is what the operator reads beside the activity. */
    public static <A> Calls<A> to(Class<A> activities, String taskQueue, boolean localFirst, String summary) {
        return new Calls<>(
                Workflow.newLocalActivityStub(
                        activities,
                        LocalActivityOptions.newBuilder()
                                .setStartToCloseTimeout(LOCAL_TIMEOUT)
                                .setRetryOptions(RetryOptions.newBuilder()
                                        .setMaximumAttempts(1)
                                        .build())
                                .setSummary(summary)
                                .build()),
                Workflow.newActivityStub(
                        activities,
                        ActivityOptions.newBuilder()
                                .setTaskQueue(taskQueue)
                                .setStartToCloseTimeout(taskQueue.equals(SLOW_QUEUE) ? SLOW_TIMEOUT : QUEUED_TIMEOUT)
                                .setHeartbeatTimeout(SIGN_OF_LIFE)
                                .setRetryOptions(retries())
                                .setSummary(summary)
                                .build()),
                localFirst);
    }

    private static RetryOptions retries() {
        return RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(2)
                .setMaximumInterval(Duration.ofMinutes(1))
                .build();
    }

    public <R> R call(Function<A, R> step) {
        if (localFirst) {
            try {
                return step.apply(local);
            } catch (ActivityFailure failed) {
                if (failed.getCause() instanceof CanceledFailure) {
                    throw failed;
                }
            }
        }
        return step.apply(queued);
    }
}
