package io.throughline.e2e;

import io.throughline.store.Database;
import io.throughline.store.DatabaseConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database with our schema on a real PostgreSQL, for a test that needs no other process. */
final class FreshDatabase implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** To migrate costs many times what a copy of what was migrated does. */
    private static final String MIGRATED = "migrated";

    /** One for all tests of this process; it is stopped by a hook of its own. */
    private static final EmbeddedPostgres SERVER = start();

    private final String name = "fresh_" + DATABASES.incrementAndGet();
    private final Database database;

    FreshDatabase(Clock clock) {
        execute(SERVER, "postgres", "create database " + name + " template " + MIGRATED);
        database = Database.open(config(SERVER, name), clock);
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            execute(server, "postgres", "create database " + MIGRATED);
            Database.open(config(server, MIGRATED), Clock.systemUTC()).close();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static DatabaseConfig config(EmbeddedPostgres server, String name) {
        return new DatabaseConfig(server.getJdbcUrl("postgres", name), "postgres", "postgres", 4);
    }

    private static void execute(EmbeddedPostgres server, String name, String sql) {
        try (Connection connection = server.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    Database facts() {
        return database;
    }

    /** Every change of a table fails, and PostgreSQL quotes the row in its error. */
    void refuses(String table) {
        execute("create or replace function refuse_aloud() returns trigger language plpgsql as "
                + "$$ begin raise exception 'refused: %', new; end $$");
        execute("create trigger stubborn before insert or update on " + table
                + " for each row execute function refuse_aloud()");
    }

    /** The tables of which any row holds the text. */
    List<String> tablesWith(String text) {
        return query("select table_name from information_schema.tables where table_schema = 'public'"
                        + " and table_type = 'BASE TABLE' order by 1")
                .stream()
                .filter(table -> query("select t::text from public.\"" + table + "\" t").stream()
                        .anyMatch(row -> row.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))))
                .toList();
    }

    private void execute(String sql) {
        execute(SERVER, name, sql);
    }

    private List<String> query(String sql) {
        try (Connection connection = SERVER.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (found.next()) {
                values.add(found.getString(1));
            }
            return values;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        database.close();
        execute(SERVER, "postgres", "drop database " + name + " with (force)");
    }
}
