package io.throughline.workflows.reconciliation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.account.AccountId;

/** What a reconciliation does at its channel. */
@ActivityInterface(namePrefix = "reconciliation.")
public interface ReconciliationSteps {
    /** Makes the missing webhook subscriptions; gives how many were missing. */
    @ActivityMethod
    int ensureSubscriptions(AccountId account);

    /** Reads what the system says has happened since the watermark, like {@link #recoverOrders}; none where it keeps no such record. */
    @ActivityMethod
    int recoverEvents(AccountId account);

    /** Reads what changed since the watermark, hands what we missed to the inbox, and moves the watermark; gives how many were missed. */
    @ActivityMethod
    int recoverOrders(AccountId account);
}
