package io.throughline.workflows.inventory;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.throughline.domain.account.AccountId;
import io.throughline.workflows.call.Calls;

/** Publishes until the account has been told of everything, and rests until there is news. */
public final class InventorySyncWorkflowImpl implements InventorySyncWorkflow {
    /** A turn is half a dozen events; a short history is quickly read when a worker takes it over. */
    private static final int TURNS_PER_RUN = 200;

    private final Calls<InventorySyncSteps> steps;
    private int news;

    /** Signals come before the run itself: they must find what they change. */
    @WorkflowInit
    public InventorySyncWorkflowImpl(AccountId account, String queue) {
        steps = Calls.to(InventorySyncSteps.class, queue, false, "stock of " + account);
    }

    @Override
    public void run(AccountId account, String queue) {
        for (int turn = 1; turn <= TURNS_PER_RUN; turn++) {
            int seen = news;
            boolean more = steps.call(step -> step.publish(account));
            if (!more) {
                Workflow.await(() -> news > seen);
            }
        }
        Workflow.continueAsNew(account, queue);
    }

    @Override
    public void wake() {
        news++;
    }
}
