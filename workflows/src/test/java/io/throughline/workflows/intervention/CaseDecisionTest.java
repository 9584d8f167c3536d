package io.throughline.workflows.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.WordedDecision;
import io.throughline.workflows.SkippedTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no process waits for is decided by starting one. */
class CaseDecisionTest {
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();

    @BeforeEach
    void start() {
        environment.newWorker("orders").registerWorkflowImplementationTypes(CaseDecisionWorkflowImpl.class);
        environment.getWorkerFactory().getWorker("orders").registerActivitiesImplementations(new Answering());
        environment.start();
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void itEndsWithWhatCameOfIt() {
        assertThat(decide("C-7 ACCEPT_DIFFERENCE")).isEqualTo("ACCEPT_DIFFERENCE for C-7");
        assertThat(decide("C-7", "RETRY")).isEqualTo("RETRY for C-7");
    }

    /** A process that fails to begin would be tried for ever. */
    @Test
    void whatCanNotBeReadIsAnsweredToo() {
        assertThat(decide("C-7 PLEASE")).isEqualTo(WordedDecision.RULE);
        assertThat(decide()).isEqualTo(WordedDecision.RULE);
        assertThat(decide("C-7", "RETRY", "now")).isEqualTo("RETRY for C-7");
    }

    private String decide(Object... words) {
        WorkflowStub process = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        "CaseDecision",
                        WorkflowOptions.newBuilder().setTaskQueue("orders").build());
        process.start(words);
        return process.getResult(String.class);
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
