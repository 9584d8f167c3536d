package io.throughline.api.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.console.overview.OverviewPage.Stream;
import io.throughline.domain.order.OrderFlow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsualFlowTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void aUsualDayIsTheMeanOfThoseThatHavePassed() {
        assertThat(usualSince(Optional.empty())).isEmpty();
        assertThat(usualSince(Optional.of(NOW.minus(Duration.ofHours(47))))).isEmpty();
        assertThat(usualSince(Optional.of(NOW.minus(Duration.ofHours(49)))))
                .contains(new OrderFlow.Passed(24, 48, 24, 72, 12, 6));
        assertThat(usualSince(Optional.of(NOW.minus(Duration.ofDays(400)))))
                .contains(new OrderFlow.Passed(24, 48, 24, 72, 12, 6));
    }

    private static Optional<OrderFlow.Passed> usualSince(Optional<Instant> first) {
        return new UsualFlow(new Steady(first), Clock.fixed(NOW, ZoneOffset.UTC)).usual(NOW);
    }

    @Test
    void whatIsFarFromUsualIsTold() {
        assertThat(Stream.of("", 100, Optional.of(150L)).unusual()).isEmpty();
        assertThat(Stream.of("", 0, Optional.of(150L)).unusual())
                .get()
                .extracting("text")
                .isEqualTo("Less than half");
        assertThat(Stream.of("", 400, Optional.of(150L)).unusual())
                .get()
                .extracting("text")
                .isEqualTo("More than twice");
        assertThat(Stream.of("", 0, Optional.of(10L)).unusual())
                .as("so few tell nothing")
                .isEmpty();
        assertThat(Stream.of("", 400, Optional.empty()).unusual()).isEmpty();
    }

    /** An order an hour until yesterday, each in two pieces; every other one is invoiced. Since then there is none. */
    private record Steady(Optional<Instant> firstReceived) implements OrderFlow {
        @Override
        public List<Standing> receivedSince(Instant since) {
            return List.of();
        }

        @Override
        public Passed passed(Instant from, Instant until) {
            assertThat(until).as("the last day is no usual one").isEqualTo(NOW.minus(Duration.ofDays(1)));
            long hours = Duration.between(from, until).toHours();
            return new Passed(hours, 2 * hours, hours, 3 * hours, hours / 2, hours / 4);
        }
    }
}
