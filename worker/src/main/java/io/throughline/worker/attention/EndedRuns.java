package io.throughline.worker.attention;

import io.throughline.domain.intervention.Attention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Goes through the runs that have ended badly since the pass before, a bounded number of them in each turn; the next turn goes on. What ends
 * during a pass is of the next one, so that those who come are never in the way of those who wait.
 */
final class EndedRuns {
    static final int PAGE = 500;
    static final int MOST_PAGES = 4;
    private static final String NAME = "attention.ends";

    /** Visibility lags, and a clock may be late: ends are looked for from so long before the last pass on. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final Duration FIRST_LOOK_BACK = Duration.ofDays(1);

    private final Attention attention;
    private final Runs runs;
    private final Duration every;
    private final Clock clock;

    EndedRuns(Attention attention, Runs runs, Duration every, Clock clock) {
        this.attention = attention;
        this.runs = runs;
        this.every = every;
        this.clock = clock;
    }

    /** {@code each} is given the workflow ids of a page; where it fails, the next turn gives it the same ones. */
    void turn(Consumer<List<String>> each) {
        attention.take(NAME, every).ifPresent(mark -> {
            Pass pass = Pass.of(mark, clock.instant());
            int pages = 0;
            do {
                Runs.Page page = runs.endedBadly(pass.since().minus(OVERLAP), pass.cursor(), PAGE);
                each.accept(page.workflowIds());
                pass = pass.after(page);
                attention.reached(NAME, pass.mark());
                pages++;
            } while (pass.goesOn() && pages < MOST_PAGES);
        });
    }

    /** Over what has ended from {@code since} on. {@code begun}: from then on it is for the next pass. */
    private record Pass(Instant since, Instant begun, String cursor) {
        private static final String SEPARATOR = " ";

        /** The mark of a pass that is over is when it was begun. */
        static Pass of(String mark, Instant now) {
            String[] kept = mark.split(SEPARATOR, -1);
            try {
                return kept.length == 3
                        ? new Pass(Instant.parse(kept[0]), Instant.parse(kept[1]), kept[2])
                        : new Pass(Instant.parse(mark), now, "");
            } catch (DateTimeParseException none) {
                return new Pass(now.minus(FIRST_LOOK_BACK), now, "");
            }
        }

        Pass after(Runs.Page page) {
            return new Pass(since, begun, page.next());
        }

        boolean goesOn() {
            return !cursor.isEmpty();
        }

        String mark() {
            return goesOn() ? since + SEPARATOR + begun + SEPARATOR + cursor : begun.toString();
        }
    }
}
