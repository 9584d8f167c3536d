package io.throughline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @Test
    void opensAgainOnWhatIsThere() {
        try (Database again = POSTGRES.open()) {
            assertThat(again.healthy()).isTrue();
        }
    }

    @Test
    void severalProcessesMayBringTheSchemaUpToDateAtOnce() throws Exception {
        POSTGRES.tables().useHandle(handle -> handle.execute("create database raced"));
        String url = POSTGRES.config().jdbcUrl().replaceFirst("/test_[0-9]+", "/raced");
        DatabaseConfig config = new DatabaseConfig(url, "postgres", "postgres", 2);

        assertThat(Together.run(3, i -> {
                    try (Database database = Database.open(config, Clock.systemUTC())) {
                        return database.healthy();
                    }
                }))
                .containsOnly(true);
    }

    @Test
    void isNotHealthyOnceItIsClosed() {
        Database database = POSTGRES.open();
        database.close();

        assertThat(database.healthy()).isFalse();
    }

    @Test
    void countsTheStatementsThatItSends() {
        try (Database database = POSTGRES.open()) {
            long before = database.statementsSent();

            database.healthy();
            database.healthy();

            assertThat(database.statementsSent()).isEqualTo(before + 2);
        }
    }

    @Test
    void failsToOpenWhereNothingListens() {
        DatabaseConfig nowhere = new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/none", "user", "secret", 2);

        assertThatThrownBy(() -> Database.open(nowhere, Clock.systemUTC())).isInstanceOf(RuntimeException.class);
    }

    @Test
    void configurationIsCheckedAndKeepsItsSecret() {
        assertThat(POSTGRES.config().toString()).doesNotContain("password").contains("user postgres");
        assertThatThrownBy(() -> new DatabaseConfig("jdbc:mysql://x", "user", "secret", 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DatabaseConfig("jdbc:postgresql://x", "user", "secret", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
