package io.throughline.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTimeTest {
    @Test
    void anInstantHasItsOffset() {
        assertThat(WrittenTime.instant("2026-11-23T10:00:00+01:00")).isEqualTo(Instant.parse("2026-11-23T09:00:00Z"));
        assertThat(WrittenTime.instant("0001-01-01T00:00:00Z")).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
        assertThat(WrittenTime.instant("9999-12-31T23:59:59.999999Z"))
                .isEqualTo(Instant.parse("9999-12-31T23:59:59.999999Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T10:00:00",
                "2026-02-30T10:00:00Z",
                "0000-12-31T23:59:59Z",
                "0001-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "+10000-01-01T00:00:00Z",
                "+300000-01-01T00:00:00Z",
                "-5000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59-18:00"
            })
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> WrittenTime.instant(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void aDayIsOneOfTheSameYears() {
        assertThat(WrittenTime.day("2026-12-01")).isEqualTo(LocalDate.of(2026, 12, 1));
        for (String none :
                new String[] {"0000-01-01", "+10000-01-01", "-0001-01-01", "+999999999-12-31", "2026-02-30"}) {
            assertThatThrownBy(() -> WrittenTime.day(none)).as(none).isInstanceOf(DateTimeException.class);
        }
    }
}
