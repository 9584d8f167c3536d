package io.throughline.workflows.sale;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.workflows.call.StepResult;

/** The steps of a store's day. */
@ActivityInterface(namePrefix = "store-day.")
public interface StoreDaySteps {
    @ActivityMethod
    StoreDayState look(StoreDayId day);

    /** Puts what waits into the summary of this number, unless there is one. */
    @ActivityMethod
    void close(StoreDayId day, int summary);

    /** Posts a summary to the ERP and compares the books with it. */
    @ActivityMethod
    StepResult post(StoreDayId day, int summary);
}
