package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PassageTest {
    private static final Duration CALL = Duration.ofSeconds(60);

    @Test
    void outsideOfAPassageACallHasItsOwnTime() {
        assertThat(Passage.timeFor(CALL)).isEqualTo(CALL);
    }

    @Test
    void aCallHasItsOwnTimeAsLongAsThatIsLeft() {
        assertThat(Passage.<Duration>within(Duration.ofHours(1), () -> Passage.timeFor(CALL)))
                .isEqualTo(CALL);
        assertThat(Passage.<Duration>within(Duration.ofSeconds(20), () -> Passage.timeFor(CALL)))
                .isLessThanOrEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void whenNoTimeIsLeftNothingMoreIsCalled() {
        SystemFailure failure = failure(() -> {});

        assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void whatFailsAfterAChangeHasAnUnknownOutcome() {
        SystemFailure failure = failure(Passage::changed);

        assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        assertThat(failure.effectPossible()).isTrue();
    }

    private static SystemFailure failure(Runnable before) {
        return catchThrowableOfType(
                SystemFailure.class,
                () -> Passage.within(Duration.ZERO, () -> {
                    before.run();
                    return Passage.timeFor(CALL);
                }));
    }
}
