package io.throughline.workflows.sale;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.workflows.SkippedTime;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.intervention.CaseSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store's day whose first summary the ERP refuses until somebody has decided, and that hears of a late sale meanwhile; on a server whose
 * time is skipped.
 */
public final class StoreDayScenario implements AutoCloseable {
    private static final StoreDayId DAY = SampleSales.DAY;
    private static final String CASE = "C-1001";

    private final Facts facts = new Facts();
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final StoreDayWorkflow process;

    public StoreDayScenario() {
        environment.registerSearchAttribute("Facilities", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST);
        environment.registerSearchAttribute("FinancialPosting", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        SkippedTime.showsStalls(environment);
        environment.newWorker("orders").registerWorkflowImplementationTypes(StoreDayWorkflowImpl.class);
        environment.getWorkerFactory().getWorker("orders").registerActivitiesImplementations(facts);
        environment.newWorker("erp").registerActivitiesImplementations(facts);
        environment.start();
        process = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        StoreDayWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(DAY.value())
                                .setTaskQueue("orders")
                                .build());
    }

    /** Runs it to its end. */
    public String result() {
        facts.due = now().plus(Duration.ofHours(2));
        WorkflowClient.start(process::run, new StoreDayInput(DAY, true));
        environment.sleep(Duration.ofHours(3));
        facts.sellLate(now().plus(Duration.ofHours(2)));
        process.wake("day");
        facts.mended = true;
        process.wake(CASE);
        return WorkflowStub.fromTyped(process).getResult(String.class);
    }

    private Instant now() {
        return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    List<String> calls() {
        return List.copyOf(facts.calls);
    }

    public WorkflowExecutionHistory history() {
        return SkippedTime.historyOf(environment, process);
    }

    @Override
    public void close() {
        environment.close();
    }

    /** What the database knows of the day, and an ERP that refuses it at first. */
    private static final class Facts implements StoreDaySteps, CaseSteps {
        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private final List<Integer> unsettled = new ArrayList<>();
        private volatile @Nullable Instant due;
        private volatile boolean mended;
        private int closed;

        synchronized void sellLate(Instant dueAt) {
            due = dueAt;
        }

        @Override
        public synchronized StoreDayState look(StoreDayId day) {
            return new StoreDayState(closed + 1, 3 * closed, due == null ? 0 : 3, due, unsettled);
        }

        @Override
        public synchronized void close(StoreDayId day, int summary) {
            calls.add("close " + summary);
            closed = summary;
            unsettled.add(summary);
            due = null;
        }

        @Override
        public synchronized StepResult post(StoreDayId day, int summary) {
            calls.add("post " + summary);
            if (!mended) {
                return StepResult.parked(CASE, FailureCode.STORE_DAY_REJECTED);
            }
            unsettled.remove(Integer.valueOf(summary));
            return StepResult.done();
        }

        @Override
        public boolean decided(String caseId) {
            return mended;
        }

        @Override
        public String amend(String caseId, String amendmentId) {
            return decide(caseId, Action.AMEND_AND_RETRY);
        }

        @Override
        public String decide(String caseId, Action action) {
            calls.add("decide " + caseId + " " + action);
            return "decided";
        }

        @Override
        public void refuse(String subject) {
            calls.add("refuse " + subject);
        }
    }
}
