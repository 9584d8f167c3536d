package io.throughline.workflows.catalog;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.account.AccountId;

/**
 * Reads the products of which an account has told news, a few at a time with rests in between, so that a shop that changes all of its products at once
 * still has time for its orders. One for each account, with the id {@code products/<account>}; it ends when nothing is left to read.
 */
@WorkflowInterface
public interface ProductNewsWorkflow {
    static String idOf(AccountId account) {
        return "products/" + account;
    }

    @WorkflowMethod(name = "ProductNews")
    void run(AccountId account, String queue);

    @SignalMethod(name = "wake", description = "Products have changed: read them")
    void wake();
}
