package io.throughline.sandbox.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing to go wrong with the calls that it matches: system and operation ({@code *} at the end matches any rest) and,
 * where given, a text that the request's body contains. It lets {@code after} matches pass and then strikes {@code times}.
 */
public record Fault(
        String id,
        String system,
        String operation,
        Kind kind,
        int times,
        int after,
        int status,
        int retryAfterSeconds,
        long delayMillis,
        String bodyContains) {

    /** What happens to the call; the effect is applied by {@code DELAY}, {@code TRUNCATE} and {@code LOSE_REPLY} only. */
    public enum Kind {
        /** Answers as usual, but later. */
        DELAY,
        /** Cuts the connection before the call is played. */
        REFUSE,
        /** Answers with a status in the vendor's shape. */
        STATUS,
        /** Answers with a proxy's HTML page. */
        HTML,
        /** Plays the call, then sends half of the answer's body. */
        TRUNCATE,
        /** Plays the call, then cuts the connection. */
        LOSE_REPLY,
        /** Neither plays nor answers, until the delay is over. */
        HANG
    }

    public Fault {
        if (times < 1 || after < 0 || delayMillis < 0) {
            throw new IllegalArgumentException("times must be at least 1, after and delayMillis not negative");
        }
    }

    @JsonCreator
    static Fault of(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("system") @Nullable String system,
            @JsonProperty("operation") @Nullable String operation,
            @JsonProperty("kind") @Nullable String kind,
            @JsonProperty("times") @Nullable Integer times,
            @JsonProperty("after") @Nullable Integer after,
            @JsonProperty("status") @Nullable Integer status,
            @JsonProperty("retryAfterSeconds") @Nullable Integer retryAfterSeconds,
            @JsonProperty("delayMillis") @Nullable Long delayMillis,
            @JsonProperty("bodyContains") @Nullable String bodyContains) {
        Kind chosen = named(Kind.class, kind);
        return new Fault(
                Optional.ofNullable(id).orElse(""),
                Optional.ofNullable(system).orElse("*"),
                Optional.ofNullable(operation).orElse("*"),
                chosen,
                Optional.ofNullable(times).orElse(1),
                Optional.ofNullable(after).orElse(0),
                Optional.ofNullable(status).orElse(chosen == Kind.HTML ? 502 : 503),
                Optional.ofNullable(retryAfterSeconds).orElse(0),
                Optional.ofNullable(delayMillis).orElse(chosen == Kind.HANG ? 600_000L : 0L),
                Optional.ofNullable(bodyContains).orElse(""));
    }

    static <E extends Enum<E>> E named(Class<E> type, @Nullable String name) {
        for (E constant : Objects.requireNonNull(type.getEnumConstants())) {
            if (name != null && constant.name().equals(name.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("kind must be one of "
                + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT) + ", not " + name);
    }

    boolean matches(String calledSystem, String calledOperation, Request request) {
        return covers(system, calledSystem)
                && covers(operation, calledOperation)
                && (bodyContains.isEmpty() || request.text().contains(bodyContains));
    }

    static boolean covers(String pattern, String value) {
        return pattern.endsWith("*")
                ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(value);
    }
}
