package io.throughline.workflows.intervention;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.workflows.SkippedTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decisions that are taken by starting a process, on a server whose time is skipped. */
public final class CaseDecisionScenario implements AutoCloseable {
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();

    public CaseDecisionScenario() {
        environment
                .newWorker("orders")
                .registerWorkflowImplementationTypes(CaseDecisionWorkflowImpl.class, CaseQueueWorkflowImpl.class);
        environment
                .getWorkerFactory()
                .getWorker("orders")
                .registerActivitiesImplementations(new Answering(), new OneWaits());
        environment.start();
    }

    String decide(Object... words) {
        return start("CaseDecision", "case/" + List.of(words), words).getResult(String.class);
    }

    /** As the case shows it: its name and what becomes of it in one text. */
    public WorkflowExecutionHistory decided() {
        WorkflowStub process = start("CaseDecision", "case/C-7", "C-7 ACCEPT_DIFFERENCE");
        process.getResult(String.class);
        return history(process);
    }

    /** By the name of an amendment that is kept. */
    public WorkflowExecutionHistory amended() {
        WorkflowStub process = start("CaseDecision", "case/C-7", "C-7 AMEND_AND_RETRY AM-17");
        process.getResult(String.class);
        return history(process);
    }

    private WorkflowExecutionHistory history(WorkflowStub process) {
        return environment
                .getWorkflowClient()
                .fetchHistory(
                        process.getExecution().getWorkflowId(),
                        process.getExecution().getRunId());
    }

    /** By somebody who looks for what waits. */
    WaitingCases look(Object... words) {
        return start("CaseQueue", "cases", words).getResult(WaitingCases.class);
    }

    public WorkflowExecutionHistory looked() {
        WorkflowStub process = start("CaseQueue", "cases");
        process.getResult(WaitingCases.class);
        return history(process);
    }

    private WorkflowStub start(String type, String id, Object... words) {
        WorkflowStub process = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        type,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue("orders")
                                .build());
        process.start(words);
        return process;
    }

    @Override
    public void close() {
        environment.close();
    }

    private static final class OneWaits implements CaseQueueSteps {
        @Override
        public WaitingCases read(@Nullable String code) {
            return new WaitingCases(
                    1,
                    "paste it",
                    List.of(new WaitingCases.Waiting(
                            "C-7",
                            code == null ? FailureCode.INBOX_UNREADABLE : FailureCode.valueOf(code),
                            "order/northwind/77",
                            "no JSON",
                            Instant.EPOCH,
                            List.of("C-7 RETRY"))));
        }
    }

    private static final class Answering implements CaseSteps {
        @Override
        public boolean decided(String caseId) {
            return false;
        }

        @Override
        public String decide(String caseId, Action action) {
            return action + " for " + caseId;
        }

        @Override
        public String amend(String caseId, String amendmentId) {
            return amendmentId + " for " + caseId;
        }

        @Override
        public void refuse(String subject) {
            throw new IllegalStateException("there is nothing that it would be about");
        }
    }
}
