package io.throughline.domain.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectLedger.Effect;
import java.util.List;
import java.util.Optional;

/**
 * Has effects tried at once whose outcome nobody knows. Their processes are woken, and each looks for its effect first: what is found is
 * done, and only what is not found is asked for again. Where no process stands any more, a person says what they have found.
 */
public interface EffectRedrives {
    /** At most so many effects in one go. */
    int MOST_AT_ONCE = 500;

    /** Which there are, the longest unknown first. */
    Preview preview(Filter filter, int sample);

    /** The first of them. */
    default Driven redrive(Filter filter, String actor) {
        return redrive(filter, Optional.empty(), actor);
    }

    /**
     * At most {@link #MOST_AT_ONCE} of them, the longest unknown first; to go on, {@code after} is what the go before gave as {@code next}. What
     * becomes unknown after the first go is of another one, so going on comes to an end. Throws IllegalArgumentException for another mark.
     */
    Driven redrive(Filter filter, Optional<String> after, String actor);

    /**
     * Settles an effect that no process looks for any more by what somebody has found in the outside system, and names them in the trace. Said again
     * it changes nothing. Empty: there is no such effect. Throws {@link io.throughline.domain.intervention.IllegalDecision} where its outcome is known
     * to be otherwise, or where its process stands, which looks for it by itself.
     */
    Optional<Effect> settle(EffectKey effect, Finding found, String actor);

    record Filter(Optional<AccountId> account, Optional<String> operation) {}

    record Preview(long matching, List<Effect> sample) {
        public Preview {
            sample = List.copyOf(sample);
        }
    }

    /**
     * {@code woken} processes; {@code left} are the effects that have none which could be woken, such as those of what has ended. {@code next} is
     * there while there may be more.
     */
    record Driven(int woken, List<EffectKey> left, Optional<String> next) {
        public Driven {
            left = List.copyOf(left);
        }
    }

    /** What a person has found in the outside system. */
    sealed interface Finding {
        /** It is there, under this name or number of that system's. */
        record Happened(String reference) implements Finding {
            public Happened {
                if (reference.isBlank() || reference.length() > 200) {
                    throw new IllegalArgumentException(
                            "say by which name or number the system knows it, in at most 200 characters");
                }
            }
        }

        /** It is not there. Nobody asks for it again, for what had wanted it has ended. */
        record NotThere() implements Finding {}
    }
}
