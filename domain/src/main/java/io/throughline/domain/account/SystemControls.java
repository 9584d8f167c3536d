package io.throughline.domain.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people have said about how an outside system is to be asked: not at all for a while, or only so often. It holds for every process
 * within seconds, and until somebody says otherwise. What is said again as it stands changes nothing.
 */
public interface SystemControls {
    /** The slowest and the fastest that may be said, in operations a second. */
    double SLOWEST = 0.01;

    double FASTEST = 1_000;

    /** Those about which something was ever said, in the order of their accounts. */
    List<Control> all();

    /** Where nothing was ever said, nothing holds. */
    default Control of(AccountId account) {
        return all().stream()
                .filter(control -> control.account().equals(account))
                .findFirst()
                .orElseGet(() -> Control.free(account));
    }

    /** Nothing is asked of the system any more. Where it is paused already, that pause stays. */
    Control pause(AccountId account, Word word);

    /** It is asked again, as often as its rate allows. */
    Control resume(AccountId account, Word word);

    /** At most so many operations a second are begun by all processes together; empty: as many as there are. */
    Control limit(AccountId account, Optional<Double> perSecond, Word word);

    /** What was said about an account, newest first. */
    List<Act> acts(AccountId account, int limit);

    /** Who says something, and why, in their own words. */
    record Word(String actor, String reason) {
        public Word {
            if (actor.isBlank() || reason.isBlank()) {
                throw new IllegalArgumentException("who says something about a system says who they are, and why");
            }
        }
    }

    /** What holds of one account. {@code resumedAt} is when its last pause ended. */
    record Control(AccountId account, Optional<Said> pause, Optional<Limit> limit, Optional<Instant> resumedAt) {
        public static Control free(AccountId account) {
            return new Control(account, Optional.empty(), Optional.empty(), Optional.empty());
        }

        public boolean paused() {
            return pause.isPresent();
        }
    }

    /** A word and when it was said. */
    record Said(Word word, Instant at) {}

    /** {@code perSecond} operations a second, at most. */
    record Limit(double perSecond, Said said) {
        public Limit {
            if (!(perSecond >= SLOWEST && perSecond <= FASTEST)) {
                throw new IllegalArgumentException(
                        "a system is asked " + SLOWEST + " to " + FASTEST + " times a second");
            }
        }
    }

    /** One thing that was said. {@code perSecond} belongs to LIMITED. */
    record Act(Kind kind, Optional<Double> perSecond, Said said) {}

    /** What was said. */
    enum Kind {
        PAUSED,
        RESUMED,
        LIMITED,
        UNLIMITED
    }
}
