package io.throughline.workflows.sale;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.workflows.call.Alarm;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.CaseGate;
import io.throughline.workflows.call.DecisionDesk;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.call.Wakes;
import io.throughline.workflows.intervention.CaseSteps;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store's day on its way to the books. Sales wait until the day has closed and its grace has passed; then they become a summary, which is
 * posted and compared. What comes later becomes a further summary in the same way. PostgreSQL holds which sales belong to which summary, so
 * a run that is reset or started again goes on where the facts are.
 */
public final class StoreDayWorkflowImpl implements StoreDayWorkflow {
    private static final String DAY = "day";
    private static final String OWN_QUEUE = "orders";
    private static final String ERP_QUEUE = "erp";

    private final StoreDayInput input;
    private final Wakes wakes = new Wakes();
    private final Alarm alarm = new Alarm(wakes);
    private final Story story = new Story();
    private final CaseGate gate;
    private final DecisionDesk decisions;

    @WorkflowInit
    public StoreDayWorkflowImpl(StoreDayInput input) {
        this.input = input;
        this.gate = new CaseGate(wakes, story, cases("was the case decided?"));
        this.decisions = new DecisionDesk(input.day().value(), wakes, story, this::cases);
    }

    @Override
    public String run(StoreDayInput start) {
        story.attribute(Story.FACILITIES, List.of(input.day().facility().value()))
                .attribute(Story.FINANCIAL_POSTING, PostingStatus.PENDING.name());
        int seen;
        StoreDayState state;
        do {
            seen = wakes.count(DAY);
            state = look();
            tell(state);
            if (!state.unsettled().isEmpty()) {
                state.unsettled().forEach(this::post);
            } else if (state.dueAt() != null) {
                closeWhenDue(state, seen);
            }
            // Whoever decides waits for an answer; what comes meanwhile is seen below.
            Workflow.await(Workflow::isEveryHandlerFinished);
        } while (wakes.count(DAY) > seen || hasMore(state));
        story.attribute(Story.FINANCIAL_POSTING, PostingStatus.CONFIRMED.name()).publish();
        return state.nextSummary() - 1 + " summaries are settled";
    }

    private static boolean hasMore(StoreDayState state) {
        return state.dueAt() != null || !state.unsettled().isEmpty();
    }

    private void closeWhenDue(StoreDayState state, int seen) {
        Instant due = Objects.requireNonNull(state.dueAt());
        if (!Instant.ofEpochMilli(Workflow.currentTimeMillis()).isBefore(due)) {
            gate.through("day.close", DAY, () -> close(state.nextSummary()));
        } else {
            alarm.ringBy(due);
            wakes.awaitNews(DAY, seen);
        }
    }

    private boolean close(int summary) {
        return own("put what waits into summary " + summary).call(step -> {
            step.close(input.day(), summary);
            return true;
        });
    }

    /** A person may have to decide; what was refused is settled when somebody bears it. */
    private void post(int summary) {
        Calls<StoreDaySteps> erp =
                Calls.to(StoreDaySteps.class, ERP_QUEUE, false, "post summary " + summary + " of the day");
        gate.pass("erp.post-day", "summary " + summary, () -> erp.call(step -> step.post(input.day(), summary)));
    }

    private StoreDayState look() {
        return gate.through("day.look", DAY, () -> own("where does it stand?").call(step -> step.look(input.day())));
    }

    private void tell(StoreDayState state) {
        story.tells("Store day", input.day().facility() + " on " + input.day().date())
                .tells("Summaries", state.nextSummary() - 1 + ", of " + state.summarised() + " entries")
                .tells(
                        "Waiting",
                        state.dueAt() == null
                                ? null
                                : state.waiting() + " entries and what comes, to be posted at " + state.dueAt())
                .publish();
    }

    private Calls<StoreDaySteps> own(String summary) {
        return Calls.to(StoreDaySteps.class, OWN_QUEUE, input.localFirst(), summary);
    }

    private Calls<CaseSteps> cases(String summary) {
        return Calls.to(CaseSteps.class, OWN_QUEUE, input.localFirst(), summary);
    }

    @Override
    public void wake(String about) {
        wakes.ringAll(about);
    }

    @Override
    public void stalled(String step, String about, FailureCode code, String caseId) {
        story.stalls(step, about, code, caseId);
    }

    @Override
    public String decide(String caseId, @Nullable String action) {
        return decisions.decide(caseId, action);
    }

    @Override
    public void checkDecision(String caseId, @Nullable String action) {
        decisions.check(caseId, action);
    }

    @Override
    public void propose(@Nullable String caseId, @Nullable String action) {
        decisions.propose(caseId, action);
    }

    @Override
    public String waitingFor() {
        return story.text();
    }
}
