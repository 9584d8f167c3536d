package io.throughline.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.measure.RequestTallies.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTallyTest {
    private static final Instant SLOT = Instant.parse("2026-11-26T08:45:00Z");

    private final List<Tally> stored = new ArrayList<>();
    private boolean away;
    private final RequestTally tally = new RequestTally(
            tallies -> {
                if (away) {
                    throw new IllegalStateException("PostgreSQL is away");
                }
                stored.addAll(tallies);
            },
            Clock.fixed(Instant.parse("2026-11-26T08:59:59Z"), ZoneOffset.UTC));

    @Test
    void countsByTheLowestBoundThatWasKept() {
        count(200, 5);
        count(404, 5);
        count(200, 6);
        count(503, 5_001);

        tally.store();

        assertThat(stored)
                .containsExactlyInAnyOrder(
                        new Tally(SLOT, "GET", "/v1/orders", 5, false, 2),
                        new Tally(SLOT, "GET", "/v1/orders", 10, false, 1),
                        new Tally(SLOT, "GET", "/v1/orders", Tally.LONGER, true, 1));
    }

    @Test
    void countsWaitWhileTheDatabaseIsAway() {
        away = true;
        count(200, 5);
        tally.store();
        count(200, 5);
        away = false;
        tally.store();
        tally.store();

        assertThat(stored).containsExactly(new Tally(SLOT, "GET", "/v1/orders", 5, false, 2));
    }

    private void count(int status, int millis) {
        tally.count("GET", "/v1/orders", status, Duration.ofMillis(millis));
    }
}
