package io.throughline.domain.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    @Test
    void itIsSecondsWithAFractionOrWithout() {
        assertThat(RetryAfter.parse("7")).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse(" 2.5 ")).contains(Duration.ofMillis(2500));
        assertThat(RetryAfter.parse("0")).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-5",
                "soon",
                "NaN",
                "Infinity",
                "1e9",
                "0x10",
                "1.",
                "99999999999999999999",
                "Wed, 21 Oct 2026 07:28:00 GMT"
            })
    void anythingElseSaysNothing(String header) {
        assertThat(RetryAfter.parse(header)).isEmpty();
    }

    @Test
    void nobodyIsLeftAloneForLongerThanTenMinutes() {
        assertThat(pauseOf(RetryAfter.parse("1000000000").orElseThrow())).isEqualTo(Duration.ofMinutes(10));
        assertThat(pauseOf(Duration.ofSeconds(599))).isEqualTo(Duration.ofSeconds(599));
        assertThat(pauseOf(Duration.ofSeconds(-5))).isEqualTo(Duration.ZERO);
    }

    private static Duration pauseOf(Duration asked) {
        return SystemFailure.rateLimited("come back later", asked).retryAfter().orElseThrow();
    }
}
