package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Small turns, some of them each time. */
class TurnoverWatchTest {
    private final Deque<Integer> left = new ArrayDeque<>();
    private int asked;

    private final TurnoverWatch watch = new TurnoverWatch(
            (most, every) -> {
                asked++;
                return Math.min(most, Objects.requireNonNullElse(left.poll(), 0));
            },
            Duration.ofMinutes(1));

    @Test
    void takesTurnsUntilThereIsNothingToDoOrItIsEnough() {
        left.addAll(List.of(20, 20, 7));
        watch.work();
        assertThat(asked).as("the last one finds that the pass rests").isEqualTo(4);

        asked = 0;
        for (int turn = 0; turn < 100; turn++) {
            left.add(20);
        }
        watch.work();
        assertThat(asked).isEqualTo(10);
    }

    @Test
    void whatFailsIsLeftToTheNextTime() {
        TurnoverWatch failing = new TurnoverWatch(
                (most, every) -> {
                    asked++;
                    throw new IllegalStateException("no database");
                },
                Duration.ofMinutes(1));

        failing.work();

        assertThat(asked).isEqualTo(1);
    }
}
