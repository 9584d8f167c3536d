package io.throughline.domain.reconciliation;

import io.throughline.domain.account.AccountId;
import java.util.List;

/** A channel's subscriptions to its webhooks; channels delete them when deliveries fail for long. */
public interface Subscriptions {
    /** Makes the missing ones, and gives their topics. What only a person can mend fails as SUBSCRIPTION_MISSING. */
    List<String> ensure(AccountId account);
}
