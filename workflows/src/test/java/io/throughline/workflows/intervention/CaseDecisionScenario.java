package io.throughline.workflows.intervention;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.intervention.Action;
import io.throughline.workflows.SkippedTime;
import java.util.List;

/** Decisions that are taken by starting a process, on a server whose time is skipped. */
public final class CaseDecisionScenario implements AutoCloseable {
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();

    public CaseDecisionScenario() {
        environment.newWorker("orders").registerWorkflowImplementationTypes(CaseDecisionWorkflowImpl.class);
        environment.getWorkerFactory().getWorker("orders").registerActivitiesImplementations(new Answering());
        environment.start();
    }

    String decide(Object... words) {
        return start("case/" + List.of(words), words).getResult(String.class);
    }

    /** As the case shows it: its name and what becomes of it in one text. */
    public WorkflowExecutionHistory decided() {
        WorkflowStub process = start("case/C-7", "C-7 ACCEPT_DIFFERENCE");
        process.getResult(String.class);
        return environment
                .getWorkflowClient()
                .fetchHistory(
                        process.getExecution().getWorkflowId(),
                        process.getExecution().getRunId());
    }

    private WorkflowStub start(String id, Object... words) {
        WorkflowStub process = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        "CaseDecision",
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
        public void refuse(String subject) {
            throw new IllegalStateException("there is nothing that it would be about");
        }
    }
}
