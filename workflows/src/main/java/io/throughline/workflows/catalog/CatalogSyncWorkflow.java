package io.throughline.workflows.catalog;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the canonical catalogue as an account has it: takes the whole of it in, rests, and begins again in a new run. One for each account,
 * with the id {@code catalog/<account>}, so that two never read at once.
 */
@WorkflowInterface
public interface CatalogSyncWorkflow {
    /** About this somebody wants the catalogue now. */
    String REQUEST = "request";

    /** About this the system has finished its export. */
    String EXPORT = "export";

    static String idOf(AccountId account) {
        return "catalog/" + account;
    }

    /** Never ends by itself: a run is followed by the next. {@code underWay} is there where it goes on with a sync that another run began. */
    @WorkflowMethod(name = "CatalogSync")
    void run(AccountId account, String queue, @Nullable UnderWay underWay);

    /** {@code another}: since this sync began, somebody has asked for one. */
    record UnderWay(boolean another) {}

    @SignalMethod(name = "wake", description = "about: request (sync now) or export (look whether it is ready)")
    void wake(String about);
}
