package io.throughline.workflows.catalog;

import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import io.throughline.domain.account.AccountId;
import io.throughline.workflows.call.Calls;
import java.time.Duration;

/** News that come while it reads or rests are read too, before it ends; a run that has become long is followed by another. */
public final class ProductNewsWorkflowImpl implements ProductNewsWorkflow {
    private static final Duration REST = Duration.ofSeconds(2);

    /** A tenth of the length from which a server asks for a new run. */
    private static final int LONG_HISTORY = 1_000;

    private int news;

    @Override
    public void run(AccountId account, String queue) {
        Calls<CatalogSteps> catalog =
                Calls.to(CatalogSteps.class, queue, false, "read products that " + account + " has told news of");
        int read;
        boolean more;
        do {
            read = news;
            more = catalog.call(step -> step.readNews(account));
            if (more) {
                rest();
            }
            if (Workflow.getInfo().getHistoryLength() >= LONG_HISTORY) {
                Workflow.newContinueAsNewStub(ProductNewsWorkflow.class).run(account, queue);
            }
        } while (more || read < news);
    }

    private static void rest() {
        TimerOptions summary =
                TimerOptions.newBuilder().setSummary("rests: orders come first").build();
        Workflow.newTimer(REST, summary).get();
    }

    @Override
    public void wake() {
        news++;
    }
}
