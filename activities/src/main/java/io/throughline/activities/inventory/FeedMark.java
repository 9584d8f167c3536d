package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.reconciliation.Watermarks;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far the passes through a feed have come, by the clock of the system that tells it. */
record FeedMark(Watermarks watermarks, AccountId account, String feed) {
    /**
     * After a page: the latest instant so far. With the last page of the pass the feed is complete up to there.
     *
     * @param before what the pages before it had come to; null with the first
     */
    Optional<Instant> after(@Nullable Instant before, Optional<Instant> page, boolean last) {
        Optional<Instant> upTo =
                Stream.concat(Stream.ofNullable(before), page.stream()).max(Comparator.naturalOrder());
        if (last) {
            upTo.ifPresent(complete -> watermarks.advance(account, feed, complete));
        }
        return upTo;
    }
}
