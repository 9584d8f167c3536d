package io.throughline.domain.intervention;

import java.io.Serial;

/** A decision that the case does not allow; the message says which are allowed. */
public final class IllegalDecision extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public IllegalDecision(String message) {
        super(message);
    }
}
