package io.throughline.domain.measure;

import io.throughline.domain.account.AccountId;
import java.time.Instant;

/** Up to when everything is known that one account tells of one thing. */
public record FeedProgress(AccountId account, String feed, Instant completeUpTo) {}
