package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.retention.Aged;
import io.throughline.worker.Forgetting.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgettingTest {
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

    private final Rows rows = new Rows(2_500);

    @Test
    void allThatIsOldIsForgottenInBatches() {
        forgetting(rows).work();

        assertThat(rows.left).isZero();
        assertThat(rows.asked)
                .containsExactly(
                        NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofDays(90)));
    }

    @Test
    void whatFailsKeepsNothingElseFromBeingForgotten() {
        forgetting(
                        (before, atMost) -> {
                            throw new IllegalStateException("PostgreSQL is away");
                        },
                        rows)
                .work();

        assertThat(rows.left).isZero();
    }

    private static Forgetting forgetting(Aged... records) {
        return new Forgetting(
                List.of(records).stream()
                        .map(one -> new Kept("rows", one, Duration.ofDays(90)))
                        .toList(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ofHours(1));
    }

    private static final class Rows implements Aged {
        private final List<Instant> asked = new ArrayList<>();
        private int left;

        Rows(int left) {
            this.left = left;
        }

        @Override
        public int forget(Instant before, int atMost) {
            asked.add(before);
            int forgotten = Math.min(left, atMost);
            left -= forgotten;
            return forgotten;
        }
    }
}
