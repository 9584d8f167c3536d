package io.throughline.connectors.tryton;

import java.io.Serial;

/** Tryton asks whether it should go on; nothing of the call took effect. The name is {@code <hash>.<kind>}. */
final class TrytonWarning extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;

    TrytonWarning(String name, String text) {
        super(text);
        this.name = name;
    }

    String name() {
        return name;
    }

    String kind() {
        return name.substring(name.indexOf('.') + 1);
    }
}
