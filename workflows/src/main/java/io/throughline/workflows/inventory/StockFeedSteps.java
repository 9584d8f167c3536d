package io.throughline.workflows.inventory;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.account.AccountId;
import java.time.Duration;

/** What a stock feed does. */
@ActivityInterface(namePrefix = "stock.")
public interface StockFeedSteps {
    /** Takes in one page; gives how far the pass has come by it. With the last one the watermark moves. */
    @ActivityMethod
    StockPass takeIn(AccountId account, StockPass pass);

    /** Compares what the system told last with the ledger, when it is time to; gives how many places are a person's to look at. */
    @ActivityMethod
    int compare(AccountId account);

    /** Ends a sweep: what could not be placed before is tried again. Gives how long it is until the next sweep. */
    @ActivityMethod
    Duration placeAgain(AccountId account);
}
