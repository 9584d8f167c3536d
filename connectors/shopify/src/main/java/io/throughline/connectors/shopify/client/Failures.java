package io.throughline.connectors.shopify.client;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says the same failure of a call that changes something, and of one that doesn't. */
public final class Failures {
    private Failures() {}

    static SystemFailure of(FailureCode code, String message, boolean effectPossible, @Nullable Throwable cause) {
        return effectPossible
                ? SystemFailure.outcomeUnknown(code, message, cause)
                : SystemFailure.withoutEffect(code, message, cause);
    }

    /** What comes after a change was sent: whatever fails there, the change may have been made. */
    public static <T> T afterChange(Supplier<T> steps) {
        try {
            return steps.get();
        } catch (SystemFailure failure) {
            if (failure.effectPossible()) {
                throw failure;
            }
            throw SystemFailure.outcomeUnknown(
                    failure.code(), "after the change was sent: " + failure.getMessage(), failure);
        }
    }
}
