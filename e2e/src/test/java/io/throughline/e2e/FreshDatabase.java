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

/** A real and empty PostgreSQL with our schema, for a test that needs no other process. */
final class FreshDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final Database database;

    FreshDatabase(Clock clock) {
        try {
            postgres = EmbeddedPostgres.builder().start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        database = Database.open(
                new DatabaseConfig(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 4), clock);
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
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private List<String> query(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
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
    public void close() throws IOException {
        database.close();
        postgres.close();
    }
}
