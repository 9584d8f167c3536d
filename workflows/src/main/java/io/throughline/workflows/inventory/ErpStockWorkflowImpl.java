package io.throughline.workflows.inventory;

import io.temporal.workflow.Workflow;
import io.throughline.domain.account.AccountId;
import io.throughline.workflows.call.Calls;
import java.time.Duration;

/** A run ends after so many turns; where the next one begins is kept with the facts. */
public final class ErpStockWorkflowImpl implements ErpStockWorkflow {
    static final int PASSES_PER_RUN = 500;

    private static final Duration BETWEEN = Duration.ofSeconds(3);

    @Override
    public void run(AccountId account, String queue) {
        Calls<ErpStockSteps> steps = Calls.to(ErpStockSteps.class, queue, true, "stock of " + account);
        for (int passes = 0; passes < PASSES_PER_RUN; passes++) {
            ErpStockPass pass = ErpStockPass.BEGIN;
            do {
                ErpStockPass from = pass;
                pass = steps.call(step -> step.takeIn(account, from));
            } while (!pass.over());
            Workflow.sleep(BETWEEN);
        }
        Workflow.continueAsNew(account, queue);
    }
}
