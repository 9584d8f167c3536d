package io.throughline.sandbox.tryton;

import java.io.Serial;

/** Why Tryton did not do it. Each kind has a form of its own in REST and in JSON-RPC. */
abstract sealed class TrytonError extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    TrytonError(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }

    /** A rule of the business, in words meant for the user. */
    static final class UserError extends TrytonError {
        @Serial
        private static final long serialVersionUID = 1L;

        UserError(String message) {
            super(message);
        }
    }

    /** A question that the caller may answer with {@code res.user.warning.skip} and the name. */
    static final class UserWarning extends TrytonError {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String name;

        UserWarning(String name, String message) {
            super(message);
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    /** A raw fault of the server's code, such as for a field or model that does not exist. */
    static final class ServerFault extends TrytonError {
        @Serial
        private static final long serialVersionUID = 1L;

        ServerFault(String message) {
            super(message);
        }
    }

    /** The method is not open to calls from outside. */
    static final class Forbidden extends TrytonError {
        @Serial
        private static final long serialVersionUID = 1L;

        Forbidden() {
            super("Forbidden");
        }
    }
}
