package io.throughline.workflows.reconciliation;

import io.throughline.domain.account.AccountId;
import io.throughline.workflows.call.Calls;

/** First the subscriptions, so that nothing more is lost; then what was lost, by its events where there are any, and by the orders. */
public final class ReconciliationWorkflowImpl implements ReconciliationWorkflow {
    @Override
    public String run(AccountId account, String queue) {
        int missing = Calls.to(ReconciliationSteps.class, queue, false, "subscriptions of " + account)
                .call(step -> step.ensureSubscriptions(account));
        int events = pass(queue, "events of " + account + " that we missed").call(step -> step.recoverEvents(account));
        int orders = pass(queue, "orders of " + account + " that we missed").call(step -> step.recoverOrders(account));
        return orders + " orders and " + events + " events recovered, " + missing + " subscriptions made";
    }

    private static Calls<ReconciliationSteps> pass(String queue, String summary) {
        return Calls.inPages(ReconciliationSteps.class, queue, summary);
    }
}
