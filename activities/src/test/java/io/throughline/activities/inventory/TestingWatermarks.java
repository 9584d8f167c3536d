package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.reconciliation.Watermarks;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The watermarks of one account. */
final class TestingWatermarks implements Watermarks {
    private final Map<String, Instant> marks = new HashMap<>();

    /** By their feeds. */
    Map<String, Instant> marks() {
        return marks;
    }

    @Override
    public Optional<Instant> completeUpTo(AccountId account, String feed) {
        return Optional.ofNullable(marks.get(feed));
    }

    @Override
    public void advance(AccountId account, String feed, Instant completeUpTo) {
        marks.put(feed, completeUpTo);
    }
}
