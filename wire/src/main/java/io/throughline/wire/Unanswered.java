package io.throughline.wire;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No whole answer came back; the other side may have done what it was asked. */
public final class Unanswered extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    Unanswered(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
