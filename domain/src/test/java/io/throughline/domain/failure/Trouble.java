package io.throughline.domain.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A way in which a call to an outside system goes wrong, and what every connector makes of it: the code of its failure and whether the
 * call may have taken effect. A call that only reads never has.
 */
public enum Trouble {
    CUT_UNHEARD("'kind':'refuse'", FailureCode.SYSTEM_UNREACHABLE, FailureCode.OUTCOME_UNKNOWN),
    REPLY_LOST("'kind':'lose_reply'", FailureCode.SYSTEM_UNREACHABLE, FailureCode.OUTCOME_UNKNOWN),
    REPLY_HALVED("'kind':'truncate'", FailureCode.SYSTEM_UNREACHABLE, FailureCode.OUTCOME_UNKNOWN),
    /** Longer than a connector waits whose timeout is {@link #PATIENCE}. */
    SILENCE("'kind':'hang','delayMillis':3000", FailureCode.SYSTEM_UNREACHABLE, FailureCode.OUTCOME_UNKNOWN),
    SERVER_ERROR("'kind':'status','status':500", FailureCode.SYSTEM_ERROR, FailureCode.SYSTEM_ERROR),
    UNAVAILABLE("'kind':'status','status':503", FailureCode.SYSTEM_ERROR, FailureCode.SYSTEM_ERROR),
    PAGE_OF_A_PROXY("'kind':'html','status':200", FailureCode.REPLY_UNREADABLE, FailureCode.REPLY_UNREADABLE),
    RATE_LIMIT(
            "'kind':'status','status':429,'retryAfterSeconds':7", FailureCode.RATE_LIMITED, FailureCode.RATE_LIMITED),
    /** Twice, for a credential may be renewed once. */
    CREDENTIAL_REFUSED(
            "'kind':'status','status':401,'times':2", FailureCode.CREDENTIAL_REFUSED, FailureCode.CREDENTIAL_REFUSED);

    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration TOLD_WAIT = Duration.ofSeconds(7);

    private final String fault;
    private final FailureCode ofReading;
    private final FailureCode ofChange;

    Trouble(String fault, FailureCode ofReading, FailureCode ofChange) {
        this.fault = fault.replace('\'', '"');
        this.ofReading = ofReading;
        this.ofChange = ofChange;
    }

    /** The sandbox's rule that lets the next call of an operation meet this. */
    public String rule(String system, String operation) {
        return "{\"system\":\"" + system + "\",\"operation\":\"" + operation + "\"," + fault + "}";
    }

    /** Whether the system has done what it was asked, although its answer does not say so. */
    public boolean takesEffect() {
        return this == REPLY_LOST || this == REPLY_HALVED;
    }

    public void assertReadingFails(ThrowingCallable reading) {
        assertFails(reading, ofReading, false);
    }

    public void assertChangeFails(ThrowingCallable change) {
        assertFails(change, ofChange, this != RATE_LIMIT && this != CREDENTIAL_REFUSED);
    }

    private void assertFails(ThrowingCallable call, FailureCode code, boolean effectPossible) {
        SystemFailure failure = failureOf(call);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.effectPossible()).as("effect possible").isEqualTo(effectPossible);
        assertThat(failure.retryAfter()).isEqualTo(this == RATE_LIMIT ? Optional.of(TOLD_WAIT) : Optional.empty());
    }

    /** Nobody listens at the system's address, so it has certainly done nothing. */
    public static void assertUnreached(ThrowingCallable call) {
        SystemFailure failure = failureOf(call);
        assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        assertThat(failure.effectPossible()).as("effect possible").isFalse();
    }

    private static SystemFailure failureOf(ThrowingCallable call) {
        SystemFailure failure = catchThrowableOfType(SystemFailure.class, call);
        assertThat(failure).as("the call fails").isNotNull();
        return failure;
    }
}
