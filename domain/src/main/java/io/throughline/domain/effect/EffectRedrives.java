package io.throughline.domain.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectLedger.Effect;
import java.util.List;
import java.util.Optional;

/**
 * Has effects tried at once whose outcome nobody knows. Their processes are woken, and each looks for its effect first: what is found is
 * done, and only what is not found is asked for again.
 */
public interface EffectRedrives {
    /** At most so many effects in one go. */
    int MOST_AT_ONCE = 500;

    /** Which there are, the longest unknown first. */
    Preview preview(Filter filter, int sample);

    /** At most {@link #MOST_AT_ONCE} of them, the longest unknown first. */
    Driven redrive(Filter filter, String actor);

    record Filter(Optional<AccountId> account, Optional<String> operation) {}

    record Preview(long matching, List<Effect> sample) {
        public Preview {
            sample = List.copyOf(sample);
        }
    }

    /** {@code woken} processes; {@code left} are the subjects that have none which could be woken, such as those that have ended. */
    record Driven(int woken, List<String> left) {
        public Driven {
            left = List.copyOf(left);
        }
    }
}
