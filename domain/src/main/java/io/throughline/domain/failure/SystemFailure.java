package io.throughline.domain.failure;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A system, an outside one or our own database, did not answer as it should, and trying again may help. Who knows the system throws it,
 * at its edge; a plain refusal is a value ({@link io.throughline.domain.effect.Reply.Refused}), not this. {@link #effectPossible} says
 * whether the call may have changed the system all the same: then it must be probed before it is repeated.
 */
public final class SystemFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Nobody is left alone for longer: whoever asks for more may have erred, and a failure that lasts must come to be seen. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final FailureCode code;
    private final boolean effectPossible;
    private final @Nullable Duration retryAfter;

    private SystemFailure(
            FailureCode code,
            String message,
            boolean effectPossible,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.effectPossible = effectPossible;
        this.retryAfter = retryAfter;
    }

    /** The system certainly did nothing. */
    public static SystemFailure withoutEffect(FailureCode code, String message, @Nullable Throwable cause) {
        return new SystemFailure(code, message, false, null, cause);
    }

    /** The system may have done it: the reply is lost, late or unreadable. */
    public static SystemFailure outcomeUnknown(FailureCode code, String message, @Nullable Throwable cause) {
        return new SystemFailure(code, message, true, null, cause);
    }

    /** One of the two, by whether the call may have changed something. */
    public static SystemFailure of(
            FailureCode code, String message, boolean effectPossible, @Nullable Throwable cause) {
        return effectPossible ? outcomeUnknown(code, message, cause) : withoutEffect(code, message, cause);
    }

    /** The system asked to come back later, and did nothing. What it asks for counts up to {@link #LONGEST_PAUSE}. */
    public static SystemFailure rateLimited(String message, Duration retryAfter) {
        Duration pause = retryAfter.isNegative() ? Duration.ZERO : retryAfter;
        return new SystemFailure(
                FailureCode.RATE_LIMITED,
                message,
                false,
                pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause,
                null);
    }

    /** A person holds the system back, so that nothing was asked of it; to be tried again after that time. */
    public static SystemFailure heldBack(String message, Duration retryAfter) {
        return new SystemFailure(FailureCode.SYSTEM_PAUSED, message, false, retryAfter, null);
    }

    /** The same failure, where an earlier call for the same purpose has changed something. */
    public SystemFailure afterAChange() {
        FailureCode known = code == FailureCode.SYSTEM_UNREACHABLE ? FailureCode.OUTCOME_UNKNOWN : code;
        return new SystemFailure(known, getMessage(), true, retryAfter, this);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public FailureCode code() {
        return code;
    }

    public boolean effectPossible() {
        return effectPossible;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
