package io.throughline.workflows.counter;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.counter.CounterReturn.Stage;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.workflows.SkippedTime;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.intervention.CaseSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A return over a counter whose card is refunded, slowly, and whose coins are reported; on a server whose time is skipped. */
public final class CounterReturnScenario implements AutoCloseable {
    private static final CounterReturnId ID = CounterReturnId.of("tests", "1");
    private static final String CASE = "C-1001";

    private final Facts facts = new Facts();
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final CounterReturnWorkflow process;

    public CounterReturnScenario() {
        SkippedTime.showsStalls(environment);
        environment.newWorker("orders").registerWorkflowImplementationTypes(CounterReturnWorkflowImpl.class);
        environment.getWorkerFactory().getWorker("orders").registerActivitiesImplementations(facts);
        environment.newWorker("pos").registerActivitiesImplementations(facts);
        environment.start();
        process = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        CounterReturnWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ID.workflowId())
                                .setTaskQueue("orders")
                                .build());
    }

    /** Begins at a stage; payouts are to be reported within a day. */
    void start(Stage stage) {
        facts.stage = stage;
        facts.reportDueAt =
                Instant.ofEpochMilli(environment.currentTimeMillis()).plus(Duration.ofHours(24));
        WorkflowClient.start(process::run, new CounterReturnInput(ID, "pos", Set.of("orders")));
    }

    /** Runs it to its end. */
    public String refundedSlowlyAndReported() {
        start(Stage.TO_REFUND);
        pass(Duration.ofMinutes(90));
        facts.through = true;
        pass(Duration.ofHours(1));
        becomes(Stage.SETTLED);
        return result();
    }

    /** A second person approves it; the store never reports the payout, until somebody decides that it was. */
    public String approvedAndNeverReported() {
        start(Stage.UNAPPROVED);
        pass(Duration.ofHours(1));
        becomes(Stage.TO_PAY_OUT);
        decided();
        pass(Duration.ofHours(1));
        facts.decided = false;
        pass(Duration.ofHours(23));
        decided();
        return result();
    }

    void pass(Duration time) {
        environment.sleep(time);
    }

    /** Somebody has told something. */
    void becomes(Stage stage) {
        facts.stage = stage;
        process.wake("return");
    }

    /** Somebody has decided the case, after which it may have become something else. */
    void decided() {
        facts.decided = true;
        process.wake(CASE);
    }

    /** The till's system says that what it gave back got through. */
    void getsThrough() {
        facts.through = true;
    }

    /** As an operator reads it. */
    String details() {
        return process.waitingFor();
    }

    Stage stage() {
        return facts.stage;
    }

    List<String> calls() {
        return List.copyOf(facts.calls);
    }

    String result() {
        return WorkflowStub.fromTyped(process).getResult(String.class);
    }

    public WorkflowExecutionHistory history() {
        return SkippedTime.historyOf(environment, process);
    }

    @Override
    public void close() {
        environment.close();
    }

    /** What the database knows of it. */
    private static final class Facts implements CounterReturnSteps, CaseSteps {
        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private volatile Stage stage = Stage.TO_REFUND;
        private volatile Instant reportDueAt = Instant.MAX;
        private volatile boolean through;
        private volatile boolean decided;

        @Override
        public CounterReturnState look(CounterReturnId id) {
            return new CounterReturnState(
                    stage,
                    reportDueAt,
                    "20.00 USD",
                    "1 × NW-JKT-GRN-L",
                    stage == Stage.ON_ITS_WAY ? "15.00 USD square_card, given as PAY1_R1" : "to be given");
        }

        @Override
        public StepResult approve(CounterReturnId id) {
            calls.add("approve");
            return decided ? StepResult.done() : StepResult.parked(CASE, FailureCode.REFUND_UNAPPROVED);
        }

        @Override
        public StepResult refund(CounterReturnId id) {
            calls.add("refund");
            stage = Stage.ON_ITS_WAY;
            return StepResult.done();
        }

        @Override
        public StepResult confirm(CounterReturnId id) {
            calls.add("confirm");
            if (!through) {
                return StepResult.waiting();
            }
            stage = Stage.TO_PAY_OUT;
            return StepResult.done();
        }

        @Override
        public StepResult reviewPayout(CounterReturnId id) {
            calls.add("review");
            if (!decided) {
                return StepResult.parked(CASE, FailureCode.PAYOUT_UNREPORTED);
            }
            stage = Stage.SETTLED;
            return StepResult.done();
        }

        @Override
        public void close(CounterReturnId id) {
            calls.add("close");
        }

        @Override
        public boolean decided(String caseId) {
            return decided;
        }

        @Override
        public String amend(String caseId, String amendmentId) {
            return decide(caseId, Action.AMEND_AND_RETRY);
        }

        @Override
        public String decide(String caseId, Action action) {
            return "decided";
        }

        @Override
        public void refuse(String subject) {
            calls.add("refuse " + subject);
        }
    }
}
