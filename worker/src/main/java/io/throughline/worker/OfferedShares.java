package io.throughline.worker;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Has stored how much of what each facility has an account's channel is offered, when that has changed: it is asked for several times a
 * second, and is the same for hours. One thread at a time.
 */
final class OfferedShares {
    /** The last words that it goes by are no younger, so that a look more often would find nothing. */
    private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(1);

    /** Another worker may go by an earlier version of the policy for a while, and have stored otherwise in between. */
    private static final Duration STORED_AGAIN_EVERY = Duration.ofMinutes(1);

    private final Function<AccountId, Map<FacilityId, Integer>> percents;
    private final BiConsumer<AccountId, Map<FacilityId, Integer>> store;
    private final Clock clock;
    private final Map<AccountId, Found> found = new HashMap<>();

    OfferedShares(
            Function<AccountId, Map<FacilityId, Integer>> percents,
            BiConsumer<AccountId, Map<FacilityId, Integer>> store,
            Clock clock) {
        this.percents = percents;
        this.store = store;
        this.clock = clock;
    }

    private record Found(Map<FacilityId, Integer> percents, Instant storedAt, Instant lookedAt) {}

    void look(AccountId account) {
        Instant now = clock.instant();
        Optional<Found> before = Optional.ofNullable(found.get(account));
        if (before.filter(last -> now.isBefore(last.lookedAt().plus(LOOKED_AT_EVERY)))
                .isPresent()) {
            return;
        }
        Map<FacilityId, Integer> present = percents.apply(account);
        Optional<Instant> stored = before.filter(last -> last.percents().equals(present))
                .map(Found::storedAt)
                .filter(at -> now.isBefore(at.plus(STORED_AGAIN_EVERY)));
        if (stored.isEmpty()) {
            store.accept(account, present);
        }
        found.put(account, new Found(present, stored.orElse(now), now));
    }
}
