package io.throughline.domain.failure;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a system asks for by its Retry-After header: so many seconds, which may have a fraction. A date, something below zero or anything
 * else says nothing. How long somebody is left alone at the most, {@link SystemFailure#rateLimited} decides.
 */
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");

    private RetryAfter() {}

    public static Optional<Duration> parse(String header) {
        return Optional.of(header.strip())
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text ->
                        Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue()));
    }
}
