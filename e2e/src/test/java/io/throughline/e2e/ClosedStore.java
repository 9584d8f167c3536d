package io.throughline.e2e;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The clock of a store in New York that has just closed, so that its day can be posted without waiting for the evening. */
final class ClosedStore {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final LocalTime DAY_CUT = LocalTime.of(4, 0);

    private final ZonedDateTime opened = ZonedDateTime.now(ZONE);

    /** With which its day is posted so long after its last sale. */
    Map<String, String> variables(String grace) {
        return Map.of("THROUGHLINE_STORE_DAY_GRACE", grace, "THROUGHLINE_STORE_CLOSES", closed().toString());
    }

    /** The business date of now. */
    LocalDate date() {
        LocalDate today = opened.toLocalDate();
        return opened.toLocalTime().isBefore(DAY_CUT) ? today.minusDays(1) : today;
    }

    /** A minute ago, if that is on the same business date. */
    private LocalTime closed() {
        LocalTime aMinuteAgo = opened.toLocalTime().minusMinutes(1).truncatedTo(ChronoUnit.SECONDS);
        boolean otherDate =
                aMinuteAgo.isBefore(DAY_CUT) && !opened.toLocalTime().isBefore(DAY_CUT);
        return otherDate ? DAY_CUT.plusSeconds(1) : aMinuteAgo;
    }
}
