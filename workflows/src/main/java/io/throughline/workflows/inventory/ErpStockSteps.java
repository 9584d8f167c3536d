package io.throughline.workflows.inventory;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.account.AccountId;

/** What a reading of an ERP's stock does. */
@ActivityInterface(namePrefix = "erpStock.")
public interface ErpStockSteps {
    /** Takes in one page; with the last one the watermark moves. */
    @ActivityMethod
    ErpStockPass takeIn(AccountId account, ErpStockPass pass);

    /** Takes down one page of what the ERP has on hand. */
    @ActivityMethod
    ErpStockLook observe(AccountId account, ErpStockLook look);

    /** Compares what was taken down with the ledger; gives how many places are a person's to look at. */
    @ActivityMethod
    int compare(AccountId account);
}
