package io.throughline.domain.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Instants and days as clients and files write them, by ISO 8601. Those of the years 1 to 9999 only: nobody means another year, and a
 * database does not keep each of them. Anything else is a {@link DateTimeException}.
 */
public final class WrittenTime {
    private static final int LAST_YEAR = 9999;

    private WrittenTime() {}

    /** With the offset from UTC; the year is the one that UTC has. */
    public static Instant instant(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        requireYear(instant.atOffset(ZoneOffset.UTC).getYear());
        return instant;
    }

    public static LocalDate day(String text) {
        LocalDate day = LocalDate.parse(text);
        requireYear(day.getYear());
        return day;
    }

    private static void requireYear(int year) {
        if (year < 1 || year > LAST_YEAR) {
            throw new DateTimeException("no year from 1 to " + LAST_YEAR + ": " + year);
        }
    }
}
