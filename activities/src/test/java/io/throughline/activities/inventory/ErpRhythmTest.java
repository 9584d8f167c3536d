package io.throughline.activities.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.inventory.ErpStockStepsImpl.Rhythm;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErpRhythmTest {
    private static final Rhythm RHYTHM =
            new Rhythm(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1));

    @Test
    void whileNothingIsNewItIsAskedEverMoreSeldom() {
        assertThat(rests(false)).containsExactly(3L, 6L, 12L, 24L, 48L, 60L, 60L);
    }

    @Test
    void whileSomebodyWaitsItIsAskedOften() {
        assertThat(rests(true)).containsExactly(3L, 6L, 10L, 10L, 10L, 10L, 10L);
        assertThat(RHYTHM.after(Duration.ofMinutes(1), false, true)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void newsBeginItAnew() {
        assertThat(RHYTHM.after(Duration.ofMinutes(1), true, false)).isEqualTo(Duration.ofSeconds(3));
    }

    private static List<Long> rests(boolean awaited) {
        return Stream.iterate(RHYTHM.after(Duration.ZERO, false, awaited), rest -> RHYTHM.after(rest, false, awaited))
                .limit(7)
                .map(Duration::toSeconds)
                .toList();
    }
}
