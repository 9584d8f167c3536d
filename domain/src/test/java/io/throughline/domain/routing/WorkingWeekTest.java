package io.throughline.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.SampleFacilities;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Friday 2026-11-27 and the days after it, by the clock of a store in Chicago. */
class WorkingWeekTest {
    private static final Facility STORE =
            new SampleFacilities().find(SampleFacilities.ST_DOWNTOWN).orElseThrow();
    private static final WorkingWeek WEEK = WorkingWeek.of(
            STORE,
            List.of(
                    hours(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 9, 16, 21),
                    hours(EnumSet.of(DayOfWeek.SATURDAY), 10, 12, 18)));

    @ParameterizedTest
    @CsvSource({
        // While it is open and before the cut-off: from now on.
        "2026-11-27T12:00, 2, 2026-11-27T14:00",
        // Before it opens: from then on.
        "2026-11-27T07:30, 2, 2026-11-27T11:00",
        // From the cut-off on: on the next day that is worked, from when it opens.
        "2026-11-27T16:00, 2, 2026-11-28T12:00",
        "2026-11-28T12:30, 2, 2026-11-30T11:00",
        "2026-11-29T12:00, 2, 2026-11-30T11:00",
        // By closing at the latest.
        "2026-11-27T15:59, 8, 2026-11-27T21:00",
        "2026-11-27T17:00, 12, 2026-11-28T18:00",
        // A night in which clocks change makes no hour of work.
        "2027-03-13T13:00, 2, 2027-03-15T11:00"
    })
    void whatIsAskedForLiesReadyInTheHoursOfItsStore(LocalDateTime asked, int hours, LocalDateTime ready) {
        assertThat(WEEK.readyAt(asked.atZone(STORE.zone()).toInstant(), Duration.ofHours(hours))
                        .atZone(STORE.zone())
                        .toLocalDateTime())
                .isEqualTo(ready);
    }

    @Test
    void whereNoHoursAreKnownItLiesReadyAtAnyTime() {
        LocalDateTime night = LocalDateTime.parse("2026-11-28T23:00");

        assertThat(WorkingWeek.of(STORE, List.of())
                        .readyAt(night.atZone(STORE.zone()).toInstant(), Duration.ofHours(2)))
                .isEqualTo(night.plusHours(2).atZone(STORE.zone()).toInstant());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T12:00, 2026-11-27T14:00, PT2H",
        // From before it opens until after it has closed.
        "2026-11-27T03:00, 2026-11-27T23:00, PT12H",
        // Overnight, and over a Sunday.
        "2026-11-27T20:00, 2026-11-28T11:30, PT2H30M",
        "2026-11-28T17:00, 2026-11-30T10:00, PT2H",
        "2026-11-28T18:00, 2026-11-30T09:00, PT0S",
        // The other way round.
        "2026-11-27T14:00, 2026-11-27T12:00, PT0S",
        // A night in which clocks change.
        "2027-03-13T17:00, 2027-03-15T10:00, PT2H"
    })
    void onlyTheHoursInWhichItIsOpenCount(LocalDateTime from, LocalDateTime to, Duration open) {
        assertThat(WEEK.openBetween(
                        from.atZone(STORE.zone()).toInstant(),
                        to.atZone(STORE.zone()).toInstant()))
                .isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T12:00, PT4H, 2026-11-27T16:00",
        // Given before it opens, and by its closing.
        "2026-11-27T03:00, PT4H, 2026-11-27T13:00",
        "2026-11-27T17:00, PT4H, 2026-11-27T21:00",
        // Given as it closes, and while it is closed: it does not run at night, nor on a Sunday.
        "2026-11-26T21:00, PT4H, 2026-11-27T13:00",
        "2026-11-27T20:00, PT4H, 2026-11-28T13:00",
        "2026-11-28T17:00, PT4H, 2026-11-30T12:00",
        "2026-11-29T12:00, PT4H, 2026-11-30T13:00",
        // Over several days.
        "2026-11-26T12:00, PT24H, 2026-11-28T13:00",
        // A night in which clocks change.
        "2027-03-13T17:00, PT2H, 2027-03-15T10:00"
    })
    void whatIsGivenToItHasItsTimeInTheHoursInWhichItIsOpen(LocalDateTime since, Duration open, LocalDateTime until) {
        Instant given = since.atZone(STORE.zone()).toInstant();

        Instant due = WEEK.openFor(given, open);

        assertThat(due.atZone(STORE.zone()).toLocalDateTime()).isEqualTo(until);
        assertThat(WEEK.openBetween(given, due)).isEqualTo(open);
    }

    @Test
    void whereNoHoursAreKnownItIsOpenAllTheTime() {
        Instant now = Instant.parse("2026-11-28T23:00:00Z");

        assertThat(WorkingWeek.of(STORE, List.of()).openFor(now, Duration.ofHours(4)))
                .isEqualTo(now.plus(Duration.ofHours(4)));
        assertThat(WorkingWeek.of(STORE, List.of()).openBetween(now.minus(Duration.ofDays(3)), now))
                .isEqualTo(Duration.ofDays(3));
    }

    private static OpeningHours hours(Set<DayOfWeek> days, int opens, int cutOff, int closes) {
        return new OpeningHours(
                "hours",
                Set.of(STORE.id()),
                days,
                LocalTime.of(opens, 0),
                LocalTime.of(cutOff, 0),
                LocalTime.of(closes, 0));
    }
}
