package io.throughline.workflows.inventory;

import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.workflows.SkippedTime;
import io.throughline.workflows.inventory.StockPass.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The stock feed of the tills, which are down at first, then tell each sweep in two pages, and everything once, on a server whose time is
 * skipped.
 */
public final class StockFeedScenario implements AutoCloseable {
    private static final String QUEUE = "pos";
    private static final AccountId TILLS = SampleAccounts.POS;

    private final Tills tills = new Tills();
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();

    public StockFeedScenario() {
        var orders = environment.newWorker("orders");
        orders.registerWorkflowImplementationTypes(StockFeedWorkflowImpl.class);
        orders.registerActivitiesImplementations(tills);
        environment.newWorker(QUEUE).registerActivitiesImplementations(tills);
        environment.start();
        WorkflowClient.start(process()::run, StockFeedInput.of(TILLS, QUEUE));
    }

    private StockFeedWorkflow process() {
        return environment
                .getWorkflowClient()
                .newWorkflowStub(
                        StockFeedWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(StockFeedInput.workflowId(TILLS))
                                .setTaskQueue("orders")
                                .build());
    }

    void wake() {
        StockFeedWorkflow process = process();
        BatchRequest wakeOrStart = environment.getWorkflowClient().newSignalWithStartRequest();
        wakeOrStart.add(process::run, StockFeedInput.of(TILLS, QUEUE));
        wakeOrStart.add(process::wake);
        environment.getWorkflowClient().signalWithStart(wakeOrStart);
    }

    void pass(Duration time) {
        environment.sleep(time);
    }

    public void awaitCalls(String call, int times) {
        tills.await(call, times);
    }

    List<String> calls() {
        return tills.calls();
    }

    /** A sweep, then news, then another sweep. */
    public void sweepsAndHears() {
        awaitCalls("placed", 1);
        wake();
        awaitCalls("NEWS", 2);
        pass(Duration.ofMinutes(2));
        awaitCalls("placed", 2);
    }

    /** The run that is open now; it never ends by itself. */
    public WorkflowExecutionHistory history() {
        return environment.getWorkflowClient().fetchHistory(StockFeedInput.workflowId(TILLS));
    }

    @Override
    public void close() {
        environment.close();
    }

    private static final class Tills implements StockFeedSteps {
        private static final Duration PATIENCE = Duration.ofSeconds(30);
        private static final Instant SINCE = Instant.parse("2026-11-23T08:00:00Z");

        private final List<String> calls = new ArrayList<>();

        synchronized List<String> calls() {
            return List.copyOf(calls);
        }

        private synchronized void called(String call) {
            calls.add(call);
            notifyAll();
        }

        synchronized void await(String call, int times) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (Collections.frequency(calls, call) < times) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError(times + " × " + call + " in vain: " + calls);
                }
                try {
                    wait(left);
                } catch (InterruptedException stopped) {
                    throw new AssertionError(stopped);
                }
            }
        }

        @Override
        public synchronized StockPass takeIn(AccountId account, StockPass pass) {
            called(pass.reach() + (pass.cursor() == null ? "" : " " + pass.cursor()));
            if (calls.size() < 3) {
                throw new IllegalStateException("the tills are down");
            }
            boolean more = (pass.reach() == Reach.SWEEP || pass.reach() == Reach.ALL) && pass.over();
            boolean allDue = pass.reach() == Reach.LEVELS && !calls.contains(Reach.ALL.name());
            return new StockPass(pass.reach(), SINCE, more ? "second page" : null, SINCE, allDue);
        }

        @Override
        public int compare(AccountId account) {
            called("compared");
            return 0;
        }

        @Override
        public Duration placeAgain(AccountId account) {
            called("placed");
            return Duration.ofMinutes(1);
        }
    }
}
