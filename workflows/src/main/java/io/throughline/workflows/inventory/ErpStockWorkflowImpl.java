package io.throughline.workflows.inventory;

import io.temporal.workflow.Workflow;
import io.throughline.domain.account.AccountId;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.Timers;

/** A run ends after so many turns; where the next one begins is kept with the facts. */
public final class ErpStockWorkflowImpl implements ErpStockWorkflow {
    static final int PASSES_PER_RUN = 500;

    @Override
    public void run(AccountId account, String queue) {
        Calls<ErpStockSteps> steps = Calls.to(ErpStockSteps.class, queue, true, "stock of " + account);
        ErpStockPass pass = ErpStockPass.FIRST;
        for (int passes = 0; passes < PASSES_PER_RUN; passes++) {
            pass = takeIn(steps, account, pass.following());
            if (pass.comparing()) {
                compare(steps, account);
            }
            Timers.sleep(pass.rest(), "ask " + account + " again");
        }
        Workflow.continueAsNew(account, queue);
    }

    private static ErpStockPass takeIn(Calls<ErpStockSteps> steps, AccountId account, ErpStockPass begun) {
        ErpStockPass pass = begun;
        do {
            ErpStockPass from = pass;
            pass = steps.call(step -> step.takeIn(account, from));
        } while (!pass.over());
        return pass;
    }

    /** After what has moved, so that both speak of the same. */
    private static void compare(Calls<ErpStockSteps> steps, AccountId account) {
        ErpStockLook look = ErpStockLook.BEGIN;
        do {
            ErpStockLook from = look;
            look = steps.call(step -> step.observe(account, from));
        } while (!look.over());
        steps.call(step -> step.compare(account));
    }
}
