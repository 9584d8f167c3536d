package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static final ZoneId EAST = ZoneId.of("America/New_York");
    private static final LocalDate DAY = LocalDate.parse("2026-11-25");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-26T05:00:00Z");

    @Test
    void whatWasEnteredOnItsDayHappenedThen() {
        assertThat(entry("2026-11-25T15:00:00Z").happenedAt(EAST)).isEqualTo("2026-11-25T15:00:00Z");
        assertThat(entry("2026-11-25T15:00:00Z").countedAt(EAST)).isEqualTo("2026-11-25T15:00:00Z");
    }

    @Test
    void whatWasEnteredLaterHappenedAtTheEndOfItsDayAndACountHasSeenIt() {
        assertThat(entry("2026-11-28T15:00:00Z").happenedAt(EAST)).isBefore(MIDNIGHT);
        assertThat(entry("2026-11-28T15:00:00Z").countedAt(EAST))
                .isBefore(MIDNIGHT)
                .isAfter(entry("2026-11-28T15:00:00Z").happenedAt(EAST));
    }

    @Test
    void nothingHappensAfterItWasEntered() {
        assertThat(entry("2026-11-25T02:00:00Z").happenedAt(EAST))
                .as("where the day begins later")
                .isEqualTo("2026-11-25T02:00:00Z");
    }

    private static Entry entry(String written) {
        return new Entry(DAY, Instant.parse(written));
    }
}
