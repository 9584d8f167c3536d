package io.throughline.workflows.inventory;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose stock is heard of, by the task queue of its system. A run that follows another goes on with the passes that were under way; a
 * {@code sweepDue} of null is at once.
 */
public record StockFeedInput(
        AccountId account,
        String queue,
        @Nullable Instant sweepDue,
        @Nullable StockPass news,
        @Nullable StockPass sweep,
        @Nullable StockPass all) {
    public static StockFeedInput of(AccountId account, String queue) {
        return new StockFeedInput(account, queue, null, null, null, null);
    }

    /** The id of the one process that hears of an account's stock. */
    public static String workflowId(AccountId account) {
        return "stock-feed/" + account;
    }
}
