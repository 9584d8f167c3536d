package io.throughline.workflows.inventory;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.throughline.workflows.call.Alarm;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.Timers;
import io.throughline.workflows.call.Wakes;
import io.throughline.workflows.inventory.StockPass.Reach;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the news whenever somebody says that there are some, and in between, page by page, sweeps up what was told late or never. News go
 * before the sweep, and that one before the reading of everything, which is due once in a while and may take hours. A run ends after so
 * many turns, and another goes on from where it stood.
 */
public final class StockFeedWorkflowImpl implements StockFeedWorkflow {
    static final int TURNS_PER_RUN = 400;

    private static final String NEWS = "news";

    private final StockFeedInput input;
    private final Calls<StockFeedSteps> steps;
    private final Wakes wakes = new Wakes();
    private final Alarm alarm = new Alarm(wakes);
    private Instant sweepDue;
    private @Nullable StockPass news;
    private @Nullable StockPass sweep;
    private @Nullable StockPass all;

    /** News that came before this run began are read with its first turn. */
    private int heard = -1;

    @WorkflowInit
    public StockFeedWorkflowImpl(StockFeedInput input) {
        this.input = input;
        this.steps = Calls.to(StockFeedSteps.class, input.queue(), true, "stock of " + input.account());
        this.sweepDue = input.sweepDue() == null ? now() : input.sweepDue();
        this.news = input.news();
        this.sweep = input.sweep();
        this.all = input.all();
    }

    @Override
    public void run(StockFeedInput same) {
        for (int turn = 0; turn < TURNS_PER_RUN; turn++) {
            if (news != null || wakes.count(NEWS) > heard) {
                readNews();
            } else if (sweep != null || !now().isBefore(sweepDue)) {
                sweepOn();
            } else if (all != null) {
                StockPass pass = takeIn(all);
                all = pass.over() ? null : pass;
            } else {
                alarm.ringBy(sweepDue);
                wakes.awaitNews(NEWS, heard);
            }
        }
        // The last turn is recorded first: a run can't end in a task during which a wake-up comes, and turns take
        // longer than ends.
        Timers.sleep(Duration.ofMillis(1), "another run goes on");
        Workflow.continueAsNew(new StockFeedInput(input.account(), input.queue(), sweepDue, news, sweep, all));
    }

    private void readNews() {
        if (news == null) {
            heard = wakes.count(NEWS);
        }
        StockPass pass = takeIn(news == null ? StockPass.begin(Reach.NEWS) : news);
        news = pass.over() ? null : pass;
    }

    /** First what has moved, then how much there is and whether that is what we know, and at last what could not be placed. */
    private void sweepOn() {
        StockPass pass = takeIn(sweep == null ? StockPass.begin(Reach.SWEEP) : sweep);
        if (!pass.over()) {
            sweep = pass;
        } else if (pass.reach() == Reach.SWEEP) {
            sweep = StockPass.begin(Reach.LEVELS);
        } else {
            sweep = null;
            if (all == null && pass.allDue()) {
                all = StockPass.begin(Reach.ALL);
            }
            steps.call(step -> step.compare(input.account()));
            Duration next = steps.call(step -> step.placeAgain(input.account()));
            sweepDue = now().plus(next);
        }
    }

    private StockPass takeIn(StockPass pass) {
        return steps.call(step -> step.takeIn(input.account(), pass));
    }

    @Override
    public void wake() {
        wakes.ring(NEWS);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
