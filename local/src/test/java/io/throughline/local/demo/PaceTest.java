package io.throughline.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theClosestStretchCounts() {
        assertThat(pace(0, 1000, 1100, 1999, 2000, 5000).mostWithin(SECOND)).isEqualTo(3);
        assertThat(pace(1100, 0, 200).mostWithin(SECOND))
                .as("whatever their order")
                .isEqualTo(2);
    }

    @Test
    void whatIsFarApartCountsAlone() {
        assertThat(pace(0, 1000, 2000).mostWithin(SECOND)).isEqualTo(1);
        assertThat(pace().mostWithin(SECOND)).isZero();
    }

    @Test
    void whatIsLongIsToldAtEachQuarterOnce() {
        assertThat(told(400, 0, 99, 100, 101, 230, 399, 400)).containsExactly("100 of 400", "230 of 400", "399 of 400");
        assertThat(told(24, 12, 24)).isEmpty();
    }

    private static List<String> told(int whole, long... reached) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Quarters quarters = new Quarters(out, whole, "are decided");
            LongStream.of(reached).forEach(quarters::reached);
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replace("  ..  ", "").replace(" are decided", ""))
                .toList();
    }

    private static Pace pace(long... millis) {
        return new Pace(LongStream.of(millis).mapToObj(NOON::plusMillis).toList());
    }
}
