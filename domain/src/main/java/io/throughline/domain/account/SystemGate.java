package io.throughline.domain.account;

import java.time.Instant;
import java.util.Optional;

/**
 * What stands before every outside system: whoever is about to ask one passes by here first ({@link Passage}). People close it or let
 * fewer through ({@link SystemControls}).
 */
public interface SystemGate {
    /**
     * Comes back when an operation may begin, which may take some seconds. Where it may not, fails as SYSTEM_PAUSED, and nothing was
     * asked.
     */
    void pass(AccountId account);

    /** When the last pause of the account ended; empty where there was none. */
    Optional<Instant> resumedAt(AccountId account);

    /** Lets everybody through at once. */
    static SystemGate open() {
        return new SystemGate() {
            @Override
            public void pass(AccountId account) {
                // Nothing holds anybody back.
            }

            @Override
            public Optional<Instant> resumedAt(AccountId account) {
                return Optional.empty();
            }
        };
    }
}
