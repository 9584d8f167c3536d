package io.throughline.connectors.shopify.client;

import io.throughline.domain.failure.SystemFailure;
import java.util.function.Supplier;

/** What fails after a change was sent. */
public final class Failures {
    private Failures() {}

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
