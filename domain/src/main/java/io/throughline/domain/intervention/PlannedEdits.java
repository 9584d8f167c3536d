package io.throughline.domain.intervention;

import io.throughline.domain.account.Accounts;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.policy.ChangedOutside.OnEdit;
import io.throughline.domain.policy.Policies;

/** Whether an edit of an order is planned once its work is given out. Where others do an order's work, they follow its edits, too. */
public record PlannedEdits(Accounts accounts, Policies policies) {
    public boolean cover(OrderView order) {
        return policies.of(order.rules()).changedOutside().edited() == OnEdit.PLAN
                && accounts.get(order.key().account()).isLive();
    }
}
