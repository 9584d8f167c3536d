package io.throughline.connectors.tryton;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import org.jspecify.annotations.Nullable;

/** Whether a call can change Tryton: only then does a lost answer leave its outcome unknown. */
enum Intent {
    READ,
    CHANGE;

    SystemFailure failure(FailureCode code, String message, @Nullable Throwable cause) {
        if (this == CHANGE) {
            return SystemFailure.outcomeUnknown(code, message, cause);
        }
        FailureCode readable = code == FailureCode.OUTCOME_UNKNOWN ? FailureCode.SYSTEM_UNREACHABLE : code;
        return SystemFailure.withoutEffect(readable, message, cause);
    }
}
