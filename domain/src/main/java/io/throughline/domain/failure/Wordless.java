package io.throughline.domain.failure;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A failure as a log, a case or a history may have it: what it is and where it happened. The words of a failure that is not one of ours
 * may quote personal data, so they are left out.
 */
public final class Wordless extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private Wordless(Throwable failure, @Nullable Throwable cause) {
        super(ours(failure) ? failure.toString() : failure.getClass().getName(), cause, true, true);
        setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            addSuppressed(of(suppressed));
        }
    }

    /** The same failure, down to its first cause, without what is not ours to repeat. */
    public static Wordless of(Throwable failure) {
        Throwable cause = failure.getCause();
        return new Wordless(failure, cause == null ? null : of(cause));
    }

    /** One line for people. */
    public static String words(Throwable failure) {
        return ours(failure)
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
    }

    private static boolean ours(Throwable failure) {
        return failure instanceof SystemFailure || failure instanceof StoreFailure;
    }
}
