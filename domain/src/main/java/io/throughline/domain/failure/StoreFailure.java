package io.throughline.domain.failure;

import java.io.Serial;

/**
 * Our own database did not do what it was asked. It tells the kind of the failure and its SQLSTATE and nothing else: a database's own
 * words quote the values that it was given, and those may be somebody's name.
 */
public final class StoreFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** {@code cause} has no words either. */
    public StoreFailure(String kind, String sqlState, Throwable cause) {
        super(sqlState.isEmpty() ? kind : kind + " (SQLSTATE " + sqlState + ")", cause);
    }
}
