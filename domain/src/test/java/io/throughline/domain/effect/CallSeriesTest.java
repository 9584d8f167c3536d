package io.throughline.domain.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallSeriesTest {
    private static final Duration CALL = Duration.ofSeconds(60);

    @Test
    void outsideOfASeriesACallHasItsOwnTime() {
        assertThat(CallSeries.timeFor(CALL)).isEqualTo(CALL);
    }

    @Test
    void aCallHasItsOwnTimeAsLongAsThatIsLeft() {
        assertThat(CallSeries.<Duration>within(Duration.ofHours(1), () -> CallSeries.timeFor(CALL)))
                .isEqualTo(CALL);
        assertThat(CallSeries.<Duration>within(Duration.ofSeconds(20), () -> CallSeries.timeFor(CALL)))
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
        SystemFailure failure = failure(CallSeries::changed);

        assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        assertThat(failure.effectPossible()).isTrue();
    }

    private static SystemFailure failure(Runnable before) {
        return catchThrowableOfType(
                SystemFailure.class,
                () -> CallSeries.within(Duration.ZERO, () -> {
                    before.run();
                    return CallSeries.timeFor(CALL);
                }));
    }
}
