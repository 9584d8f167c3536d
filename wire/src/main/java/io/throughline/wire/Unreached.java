package io.throughline.wire;

import java.io.Serial;

/** No connection came about, so that the other side has certainly done nothing. */
public final class Unreached extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    Unreached(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
