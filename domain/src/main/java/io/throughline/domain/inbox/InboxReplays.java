package io.throughline.domain.inbox;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Has messages handled once more that were handled or given up: many at a time, and first only to see which. */
public interface InboxReplays {
    /** At most so many are put back in one go. */
    int MOST_AT_ONCE = 500;

    /** How many there are, and some of them, the oldest first. */
    Preview preview(Filter filter, int sample);

    /**
     * Puts messages with ids beyond {@code after} back to where they are taken from, the oldest first and at most {@link #MOST_AT_ONCE}; a
     * dead letter's case is closed with it. What they say is compared with what is known by then, so nothing is done twice.
     */
    Put replay(Filter filter, long after, String actor);

    /** Which messages. Handled ones are many: of these an account and a topic must be named. {@code from} counts, {@code until} does not. */
    record Filter(
            Kind kind,
            Optional<AccountId> account,
            Optional<String> topic,
            Optional<String> subject,
            Optional<Instant> from,
            Optional<Instant> until) {
        public Filter {
            if (kind == Kind.HANDLED && (account.isEmpty() || topic.isEmpty())) {
                throw new IllegalArgumentException("of handled messages an account and a topic must be named");
            }
        }
    }

    /** What became of a message. */
    enum Kind {
        /** It could not be read. */
        DEAD_LETTERS,
        HANDLED
    }

    record Preview(long matching, List<InboxMessage> sample) {
        public Preview {
            sample = List.copyOf(sample);
        }
    }

    /**
     * {@code last} is the id of the last one that was looked at. {@code more}: there may be others behind it, also where fewer were put back than were
     * looked at, for somebody else has dealt with some meanwhile.
     */
    record Put(int replayed, long last, boolean more) {}
}
