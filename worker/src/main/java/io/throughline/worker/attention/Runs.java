package io.throughline.worker.attention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The runs of processes, as Temporal knows them. */
public interface Runs {
    /** The newest run under this id; empty where Temporal knows none any more. */
    Optional<Run> look(String workflowId);

    /**
     * Runs that came to their end from {@code since} on otherwise than by themselves, page by page: of processes with facts of their own
     * ({@link SweptType}). {@code cursor} is as with {@link #running}, and of the same {@code since}.
     */
    Page endedBadly(Instant since, String cursor, int limit);

    /** Runs of orders that go on, page by page; the empty cursor is the beginning. */
    Page running(String cursor, int limit);

    /**
     * {@code trouble} is why it does not get on; empty where it does, or where it waits as it should. {@code idle}: it has neither a step nor a
     * task in hand, and goes on by its next timer or wake-up. {@code failing}: its own tasks fail, which no step of it can have told.
     */
    record Run(boolean running, Instant startedAt, Optional<String> trouble, boolean idle, boolean failing) {
        /** One that was begun anew has to last before it is believed in. */
        private static final Duration LASTS = Duration.ofSeconds(30);

        public Run(boolean running, Instant startedAt, Optional<String> trouble) {
            this(running, startedAt, trouble, false);
        }

        public Run(boolean running, Instant startedAt, Optional<String> trouble, boolean idle) {
            this(running, startedAt, trouble, idle, false);
        }

        boolean hasLasted(Instant now) {
            return running && startedAt.isBefore(now.minus(LASTS));
        }
    }

    /** Workflow ids; {@code next} is empty after the last page. */
    record Page(List<String> workflowIds, String next) {
        public Page {
            workflowIds = List.copyOf(workflowIds);
        }
    }
}
