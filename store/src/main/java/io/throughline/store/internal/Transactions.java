package io.throughline.store.internal;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.StoreFailure;
import io.throughline.domain.failure.SystemFailure;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on a connection. A transaction that PostgreSQL gave up so that others could go on (a deadlock, a serialisation failure, a
 * process that slept in the midst of it) is run again, so its work must be nothing but SQL. That PostgreSQL is away is told as STORE_UNREACHABLE, and what it was doing may have
 * been done. What PostgreSQL says about a failure stays here: it quotes the values of rows.
 */
public final class Transactions {
    private static final Set<String> GIVEN_UP = Set.of("40001", "40P01", "25P03", "25P04");
    private static final Set<String> AWAY = Set.of("08", "53", "57", "25P03", "25P04");
    private static final int TRIES = 8;
    private static final long PAUSE_NANOS = 2_000_000;

    private final Jdbi jdbi;

    public Transactions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Each statement is a transaction of its own. */
    public <R> R with(Function<Handle, R> work) {
        try {
            return jdbi.withHandle(work::apply);
        } catch (RuntimeException failure) {
            throw told(failure);
        }
    }

    public <R> R in(Function<Handle, R> work) {
        RuntimeException first = null;
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(work::apply);
            } catch (RuntimeException thrown) {
                RuntimeException failure = wordless(thrown);
                if (!givenUp(failure) || attempt == TRIES) {
                    if (first != null) {
                        failure.addSuppressed(first);
                    }
                    throw told(failure);
                }
                first = first == null ? failure : first;
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS << attempt));
            }
        }
    }

    public void run(Consumer<Handle> work) {
        in(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /**
     * For work that calls out of the database, which must not be run twice. What it calls has transactions of its own: they don't
     * become part of this one, although they run on the same thread.
     */
    public <R> R apart(Function<Handle, R> work) {
        try (Handle handle = jdbi.open()) {
            return handle.inTransaction(work::apply);
        } catch (RuntimeException failure) {
            throw told(failure);
        }
    }

    private static RuntimeException wordless(RuntimeException failure) {
        return failure instanceof JdbiException ours ? withoutWords(ours) : failure;
    }

    private static RuntimeException told(RuntimeException thrown) {
        RuntimeException failure = wordless(thrown);
        return failure instanceof SystemFailure || !isAway(failure)
                ? failure
                : SystemFailure.outcomeUnknown(
                        FailureCode.STORE_UNREACHABLE,
                        "PostgreSQL does not answer (SQLSTATE " + sqlState(failure) + ")",
                        failure);
    }

    /**
     * SQLSTATE 08 is the connection, 53 the server's resources, 57 its shutdown, 25P03 and 25P04 its patience with a process that slept;
     * the pool's own time-outs are transient.
     */
    private static boolean isAway(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        String state = sqlState(failure);
        return AWAY.stream().anyMatch(state::startsWith);
    }

    private static StoreFailure withoutWords(JdbiException failure) {
        SQLException cause = new SQLException();
        for (@Nullable Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof SQLException sql) {
                cause = withoutWords(sql);
                break;
            }
        }
        StoreFailure told = new StoreFailure(failure.getClass().getSimpleName(), sqlState(failure), cause);
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    /** That no connection is to be had for the moment is something that callers go by. */
    private static SQLException withoutWords(SQLException failure) {
        String state = sqlState(failure);
        SQLException told = failure instanceof SQLTransientConnectionException
                ? new SQLTransientConnectionException(null, state)
                : new SQLException((String) null, state);
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    /** The SQLSTATE of the failure that PostgreSQL gave, or an empty text. */
    public static String sqlState(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private static boolean givenUp(Throwable failure) {
        return GIVEN_UP.contains(sqlState(failure));
    }
}
