package io.throughline.domain.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** How the systems of accounts are doing, told from what they were asked to do and from what they have sent. */
public interface SystemHealth {
    /** In the order of the question. */
    List<Health> of(Collection<AccountId> accounts);

    /**
     * One account. {@code lastSuccess} is when it last carried out an effect, {@code lastHeard} when a message of its came in.
     * {@code queued} effects are to be carried out or just being tried for the first time; {@code failing} ones were tried and wait to be
     * tried again, {@code throttled} of them because the system has said that it is asked too often; {@code unknown} ones may have happened,
     * {@code refused} ones wait for a decision. {@code completeUpTo} is up to when all of its feeds have been compared; empty when none ever
     * was.
     */
    record Health(
            AccountId account,
            Optional<Instant> lastSuccess,
            Optional<Instant> lastHeard,
            int queued,
            int failing,
            int throttled,
            int unknown,
            int refused,
            int waitingMessages,
            int deadLetters,
            Optional<Instant> completeUpTo) {
        /** Whether everything that it was asked to do is done or under way. */
        public boolean untroubled() {
            return failing + unknown + refused + deadLetters == 0;
        }
    }
}
