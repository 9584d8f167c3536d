package io.throughline.workflows.catalog;

import io.temporal.workflow.Workflow;
import io.throughline.domain.account.AccountId;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.call.Timers;
import io.throughline.workflows.call.Wakes;
import io.throughline.workflows.catalog.SyncProgress.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** While an export is made it looks seldom, and at once when it is told; a run that has become long is followed by another. */
public final class CatalogSyncWorkflowImpl implements CatalogSyncWorkflow {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

    private final Wakes wakes = new Wakes();
    private final Story story = new Story();

    @Override
    public void run(AccountId account, String queue, @Nullable UnderWay underWay) {
        // What was asked for before a sync begins is answered by it; while one is under way, another follows.
        int answered = underWay == null ? wakes.count(REQUEST) : underWay.another() ? -1 : 0;
        UnderWay next = null;
        if (takeIn(account, queue)) {
            SyncOutcome outcome = Calls.to(
                            CatalogSteps.class, queue, false, "compare prices and close the sync of " + account)
                    .call(step -> step.finish(account));
            story.tells("Last", outcome.words())
                    .tells("Next", "within " + outcome.rest())
                    .publish();
            Timers.await(outcome.rest(), "until the next sync of " + account, () -> wakes.count(REQUEST) > answered);
        } else {
            next = new UnderWay(wakes.count(REQUEST) > answered);
        }
        Workflow.newContinueAsNewStub(CatalogSyncWorkflow.class).run(account, queue, next);
    }

    /** False: this run has become long before it was through. */
    private boolean takeIn(AccountId account, String queue) {
        Duration pause = FIRST_LOOK;
        while (!Workflow.getInfo().isContinueAsNewSuggested()) {
            int told = wakes.count(EXPORT);
            SyncProgress progress = Calls.inSlices(CatalogSteps.class, queue, "take in the catalogue of " + account)
                    .call(step -> step.advance(account));
            story.tells("Progress", progress.percent() + " %: " + progress.words())
                    .publish();
            if (progress.phase() == Phase.READ) {
                return true;
            }
            if (progress.phase() == Phase.EXPORTING) {
                Timers.await(pause, "look whether the export is made", () -> wakes.count(EXPORT) > told);
                pause = pause.multipliedBy(2).compareTo(LONGEST_LOOK) < 0 ? pause.multipliedBy(2) : LONGEST_LOOK;
            }
        }
        return false;
    }

    @Override
    public void wake(String about) {
        wakes.ring(about);
    }
}
