package io.throughline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.local.EmbeddedDatabase;
import io.throughline.store.Database;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Else the bench breaks unseen when a table changes. */
final class ConsoleFactsTest {
    private static final ConsoleFacts FEW = new ConsoleFacts(200, 40, 60);

    @Test
    void areWhatTheSchemaTakesAndAreFilledOnce(@TempDir Path directory) throws Exception {
        try (EmbeddedDatabase server = new EmbeddedDatabase(
                directory.resolve("postgres"), ServerProcess.freePort(), directory.resolve("postgres.log"))) {
            server.start(process -> {});
            BenchDatabase database = new BenchDatabase(server, "console");

            assertThat(filled(database).lines()).hasSize(1 + FEW.steps().size());
            assertThat(filled(new BenchDatabase(server, "console")).lines())
                    .as("only what it is")
                    .hasSize(1);

            assertThat(count(database, "customer_order where external_id like 'N%'"))
                    .isEqualTo(200);
            assertThat(count(database, "support_case where status = 'OPEN'")).isEqualTo(40);
            assertThat(count(database, "goods_return")).isEqualTo(10);
            assertThat(count(database, "stock_transfer")).isEqualTo(10);
            assertThat(count(database, "counter_return_part")).isEqualTo(10);
            try (Database opened = database.open()) {
                assertThat(opened.trace().of(ConsoleFacts.id(5))).hasSize(2);
                assertThat(opened.trace().firstBroken(ConsoleFacts.id(5))).isEmpty();
            }
        }
    }

    private static String filled(BenchDatabase database) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            FEW.fill(database, out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static long count(BenchDatabase database, String from) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
