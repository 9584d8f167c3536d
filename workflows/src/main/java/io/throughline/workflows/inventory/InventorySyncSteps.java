package io.throughline.workflows.inventory;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.account.AccountId;

/** What an inventory sync does at its account. */
@ActivityInterface(namePrefix = "inventorySync.")
public interface InventorySyncSteps {
    /** Tells the account's system of the stock that has changed, for a while. True: there is more to tell at once. */
    @ActivityMethod
    boolean publish(AccountId account);
}
