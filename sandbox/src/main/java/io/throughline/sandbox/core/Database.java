package io.throughline.sandbox.core;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One SQLite connection behind one lock: a sandbox has one writer, so its ledgers cannot interleave. Safe for many threads. */
final class Database implements AutoCloseable {

    private static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS document (collection TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (collection, id));
            CREATE INDEX IF NOT EXISTS document_order ON document (collection, position);
            CREATE TABLE IF NOT EXISTS sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS effect (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, system TEXT NOT NULL, operation TEXT NOT NULL, subject TEXT NOT NULL, key TEXT NOT NULL, detail TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS attempt (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, system TEXT NOT NULL, operation TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER NOT NULL, fault TEXT NOT NULL, rule TEXT NOT NULL DEFAULT '', millis INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS webhook (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, system TEXT NOT NULL, topic TEXT NOT NULL, subject TEXT NOT NULL, target TEXT NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL, fault TEXT NOT NULL, attempts INTEGER NOT NULL, outcome TEXT NOT NULL, updated_at TEXT NOT NULL);
            """;

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private int depth;

    Database(String jdbcUrl) {
        try {
            connection = DriverManager.getConnection(jdbcUrl);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode=WAL");
                // The operating system keeps what a killed process wrote; only a power cut could lose it.
                statement.execute("PRAGMA synchronous=OFF");
                statement.execute("PRAGMA busy_timeout=5000");
                for (String sql : SCHEMA.lines().toList()) {
                    statement.execute(sql);
                }
                addMissingRule(statement);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("Cannot open the sandbox's data file " + jdbcUrl, failure);
        }
    }

    /** Data files that are kept from before attempts told which rule struck them. */
    private static void addMissingRule(Statement statement) throws SQLException {
        try (ResultSet column =
                statement.executeQuery("SELECT 1 FROM pragma_table_info('attempt') WHERE name = 'rule'")) {
            if (column.next()) {
                return;
            }
        }
        statement.execute("ALTER TABLE attempt ADD COLUMN rule TEXT NOT NULL DEFAULT ''");
    }

    /** Reads one row, as a caller of {@link #query} wants it. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    int update(String sql, Object... values) {
        lock.lock();
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        } finally {
            lock.unlock();
        }
    }

    <T> List<T> query(Row<T> reader, String sql, Object... values) {
        lock.lock();
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        } finally {
            lock.unlock();
        }
    }

    <T> Optional<T> first(Row<T> reader, String sql, Object... values) {
        return query(reader, sql, values).stream().findFirst();
    }

    /** All or nothing; nested calls join the outer one. What {@link #afterCommit} collected runs once it is committed. */
    <T extends @Nullable Object> T atomically(Callable<T> work) throws Exception {
        List<Runnable> due = List.of();
        T result;
        lock.lock();
        try {
            boolean outermost = depth == 0;
            if (outermost) {
                connection.setAutoCommit(false);
                afterCommit.clear();
            }
            depth++;
            boolean done = false;
            try {
                result = work.call();
                done = true;
            } finally {
                depth--;
                if (outermost) {
                    finish(done);
                }
            }
            if (outermost) {
                due = List.copyOf(afterCommit);
                afterCommit.clear();
            }
        } finally {
            lock.unlock();
        }
        due.forEach(Runnable::run);
        return result;
    }

    private void finish(boolean commit) throws SQLException {
        try {
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
                afterCommit.clear();
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Runs once the transaction of this thread is committed, at once where there is none, never where it is rolled back. */
    void afterCommit(Runnable action) {
        if (lock.isHeldByCurrentThread() && depth > 0) {
            afterCommit.add(action);
        } else {
            action.run();
        }
    }

    void clear() {
        for (String table : List.of("document", "sequence", "effect", "attempt", "webhook")) {
            update("DELETE FROM " + table);
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < values.length; index++) {
            statement.setObject(index + 1, values[index]);
        }
        return statement;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException("Cannot close the sandbox's data file", failure);
        } finally {
            lock.unlock();
        }
    }
}
