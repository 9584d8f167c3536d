package io.throughline.workflows.reconciliation;

import io.throughline.domain.account.AccountId;
import io.throughline.workflows.call.Calls;

/** First the subscriptions, so that nothing more is lost; then what was lost. */
public final class ReconciliationWorkflowImpl implements ReconciliationWorkflow {
    @Override
    public String run(AccountId account, String queue) {
        int missing = steps(queue, "subscriptions of " + account).call(step -> step.ensureSubscriptions(account));
        int recovered =
                steps(queue, "orders of " + account + " that we missed").call(step -> step.recoverOrders(account));
        return recovered + " orders recovered, " + missing + " subscriptions made";
    }

    private static Calls<ReconciliationSteps> steps(String queue, String summary) {
        return Calls.to(ReconciliationSteps.class, queue, false, summary);
    }
}
