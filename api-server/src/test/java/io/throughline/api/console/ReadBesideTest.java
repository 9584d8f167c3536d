package io.throughline.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReadBesideTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T08:00:00Z"));
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final ReadBeside<Integer> beside =
            new ReadBeside<>("a figure of the test", this::read, Duration.ofMinutes(1), clock);

    private Integer read(Instant now) {
        int number = readings.incrementAndGet();
        if (broken.get()) {
            throw new IllegalStateException("nobody answers");
        }
        return number;
    }

    @Test
    void isReadWhenSomebodyAsksAndItIsOld() {
        assertThat(beside.latest()).isEmpty();
        awaitReadings(1);
        Awaitility.await().until(() -> beside.latest().isPresent());
        clock.advance(Duration.ofSeconds(59));
        assertThat(beside.latest()).contains(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(beside.latest()).as("the older one while the next is read").contains(1);

        awaitReadings(2);
    }

    /** However many pages are open: a database that fails is not asked by each of them. */
    @Test
    void pausesAfterAFailureLongerAndLongerUpToAMinute() {
        broken.set(true);
        int expected = 0;
        for (int pause : new int[] {5, 10, 20, 40, 60, 60}) {
            expected++;
            awaitReadings(expected);
            awaitFailures(expected);
            clock.advance(Duration.ofSeconds(pause).minusMillis(1));
            for (int page = 0; page < 50; page++) {
                assertThat(beside.latest()).isEmpty();
            }
            assertThat(readings).hasValue(expected);
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(beside.failing()).isTrue();
        broken.set(false);
        Awaitility.await().until(() -> beside.latest().isPresent());
        assertThat(beside.failing()).isFalse();
    }

    /** A reading that is just ending is another's turn. */
    private void awaitReadings(int count) {
        Awaitility.await().until(() -> {
            beside.latest();
            return readings.get() == count;
        });
    }

    private void awaitFailures(int count) {
        Awaitility.await().until(() -> beside.failures() == count);
    }
}
