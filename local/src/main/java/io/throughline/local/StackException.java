package io.throughline.local;

/** The stack cannot start or go on; the message is written for the person at the terminal. */
public final class StackException extends RuntimeException {
    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
