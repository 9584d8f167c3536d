package io.throughline.sandbox.core;

/** The caller sent something that cannot be read; answered with 400. */
public final class MalformedBody extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedBody(String message) {
        super(message);
    }
}
