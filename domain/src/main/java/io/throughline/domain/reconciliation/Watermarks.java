package io.throughline.domain.reconciliation;

import io.throughline.domain.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Up to when each feed of an account has been compared completely. Never moves back. */
public interface Watermarks {
    Optional<Instant> completeUpTo(AccountId account, String feed);

    /** From when a pass reads: {@code overlap} before what is complete, since what was late then may be there now. */
    default Instant readFrom(AccountId account, String feed, Duration overlap, Instant atFirst) {
        return completeUpTo(account, feed)
                .map(complete -> complete.minus(overlap))
                .orElse(atFirst);
    }

    void advance(AccountId account, String feed, Instant completeUpTo);
}
