package io.throughline.api.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Tells instants from one point of view. Nothing finer than minutes, so that a page stays the same for a while. */
public record Moments(Instant now) {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public Moment of(Instant instant) {
        return new Moment(instant.truncatedTo(ChronoUnit.MILLIS).toString(), EXACT.format(instant), relative(instant));
    }

    public Optional<Moment> of(Optional<Instant> instant) {
        return instant.map(this::of);
    }

    private String relative(Instant instant) {
        Duration apart = Duration.between(instant, now).abs();
        if (apart.compareTo(Duration.ofMinutes(1)) < 0) {
            return "just now";
        }
        return instant.isBefore(now) ? length(apart) + " ago" : "in " + length(apart);
    }

    /** A length of time, from a minute on. */
    public static String length(Duration apart) {
        if (apart.toMinutes() < 60) {
            return apart.toMinutes() + " min";
        }
        return apart.toHours() < 48 ? apart.toHours() + " h" : apart.toDays() + " d";
    }
}
