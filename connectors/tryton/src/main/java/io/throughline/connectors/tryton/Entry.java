package io.throughline.connectors.tryton;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The day on which something happened, and when it was entered: Tryton keeps no more. What is entered has happened. */
record Entry(LocalDate day, Instant written) {
    /** What was entered on a later day happened at the end of its own. */
    Instant happenedAt(ZoneId zone) {
        return earlier(end(zone).minusSeconds(1));
    }

    /** A count that was entered on a later day knows all that happened on its own. */
    Instant countedAt(ZoneId zone) {
        return earlier(end(zone).minusMillis(1));
    }

    private Instant earlier(Instant latest) {
        return written.isBefore(latest) ? written : latest;
    }

    private Instant end(ZoneId zone) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
