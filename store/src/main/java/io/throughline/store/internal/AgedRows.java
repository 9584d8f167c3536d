package io.throughline.store.internal;

import io.throughline.domain.retention.Aged;
import java.time.Instant;

/** Rows that a statement deletes: those from before {@code :before} that nothing needs, {@code :most} of them. */
public record AgedRows(Transactions transactions, String deletion) implements Aged {
    @Override
    public int forget(Instant before, int atMost) {
        return transactions.in(handle -> handle.createUpdate(deletion)
                .bind("before", Columns.at(before))
                .bind("most", atMost)
                .execute());
    }
}
