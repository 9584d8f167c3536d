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
}
