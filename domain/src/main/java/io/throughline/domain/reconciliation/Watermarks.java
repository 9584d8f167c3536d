package io.throughline.domain.reconciliation;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.Optional;

/** Up to when each feed of an account has been compared completely. Never moves back. */
public interface Watermarks {
    Optional<Instant> completeUpTo(AccountId account, String feed);

    void advance(AccountId account, String feed, Instant completeUpTo);
}
