package io.throughline.connectors.tryton;

import java.io.Serial;

/** Tryton's own rules said no; nothing of the call took effect. */
final class TrytonRefusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    TrytonRefusal(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
