package io.throughline.workflows.sale;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.workflows.call.Alarm;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.GatedProcess;
import io.throughline.workflows.call.Story;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A store's day on its way to the books. Sales wait until the day has closed and its grace has passed; then they become a summary, which is
 * posted and compared. What comes later becomes a further summary in the same way. PostgreSQL holds which sales belong to which summary, so
 * a run that is reset or started again goes on where the facts are.
 */
public final class StoreDayWorkflowImpl extends GatedProcess implements StoreDayWorkflow {
    private static final String DAY = "day";

    private final StoreDayInput input;
    private final Alarm alarm = new Alarm(wakes);

    @WorkflowInit
    public StoreDayWorkflowImpl(StoreDayInput input) {
        super(input.day().value(), input.localFirst() ? Set.of(OWN_QUEUE) : Set.of());
        this.input = input;
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
        if (!now().isBefore(due)) {
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
        Calls<StoreDaySteps> erp = calls(StoreDaySteps.class, ERP_QUEUE, "post summary " + summary + " of the day");
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
        return calls(StoreDaySteps.class, OWN_QUEUE, summary);
    }
}
