package io.throughline.bench;

import io.throughline.local.EmbeddedDatabase;
import io.throughline.store.Database;
import io.throughline.store.DatabaseConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;

/** A database of its own on the bench's server, with our schema. */
final class BenchDatabase {
    private static final int POOL = 8;

    private final EmbeddedDatabase server;
    private final String name;

    BenchDatabase(EmbeddedDatabase server, String name) {
        this.server = server;
        this.name = name;
        server.createDatabase(name);
    }

    Database open() {
        return Database.open(new DatabaseConfig(url(), user(), password(), POOL), Clock.systemUTC());
    }

    Connection connect() throws SQLException {
        return server.connect(name);
    }

    /** Statements past the rules that our schema keeps, for what a bench needs to lie there. */
    void fill(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The same, in one transaction with the note that it is done: false where it was done before. */
    boolean fillOnce(String step, String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists bench_filled (step text primary key)");
            connection.setAutoCommit(false);
            statement.execute("set session_replication_role = replica");
            try (PreparedStatement note =
                    connection.prepareStatement("insert into bench_filled values (?) on conflict do nothing")) {
                note.setString(1, step);
                if (note.executeUpdate() == 0) {
                    return false;
                }
            }
            statement.execute(sql);
            connection.commit();
            return true;
        }
    }

    String url() {
        return server.jdbcUrl(name);
    }

    String user() {
        return EmbeddedDatabase.USER;
    }

    String password() {
        return server.password();
    }

    int poolSize() {
        return POOL;
    }
}
