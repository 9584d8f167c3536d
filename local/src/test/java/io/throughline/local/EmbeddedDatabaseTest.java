package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseTest {
    @TempDir
    private static Path directory;

    private static Ports ports;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void claimPorts() {
        ports = Ports.claim(directory.resolve("ports"), false);
        database = database(directory.resolve("with a space"));
    }

    @BeforeEach
    void start() {
        if (!database.alive()) {
            database.start();
        }
        database.createDatabase("throughline");
    }

    private static EmbeddedDatabase database(Path home) {
        return new EmbeddedDatabase(home, ports.port(Ports.Use.POSTGRES), directory.resolve("postgres.log"));
    }

    @AfterAll
    static void stop() {
        database.stop();
        ports.close();
    }

    @Test
    void committedRowsSurviveSigkillAndARestartInTheSameJvm() throws SQLException {
        execute("CREATE TABLE receipt (id int)");
        execute("INSERT INTO receipt SELECT generate_series(1, 1000)");

        database.kill();
        assertThat(database.alive()).isFalse();
        database.start();

        assertThat(query("SELECT count(*) FROM receipt")).isEqualTo("1000");
    }

    @Test
    void dataAndPasswordAreKeptForTheNextRun() throws SQLException {
        execute("CREATE TABLE parcel (id int)");
        database.stop();

        database = database(directory.resolve("with a space"));
        database.start();
        database.createDatabase("throughline");

        assertThat(query("SELECT count(*) FROM parcel")).isEqualTo("0");
    }

    @Test
    void isDurableAndKeepsToLoopback() throws SQLException {
        assertThat(query("SHOW fsync")).isEqualTo("on");
        assertThat(query("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(query("SHOW full_page_writes")).isEqualTo("on");
        assertThat(query("SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(query("SHOW server_version")).startsWith("18.");
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() ->
                        DriverManager.getConnection(database.jdbcUrl("throughline"), EmbeddedDatabase.USER, "guessed"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void startsAlthoughItsLockNamesAnotherProgramThatRuns() throws Exception {
        database.kill();
        Path lock = directory.resolve("with a space/data/postmaster.pid");
        String content = Files.readString(lock);
        Files.writeString(
                lock,
                content.replaceFirst(
                        "^\\d+", Long.toString(ProcessHandle.current().pid())));

        database.start();

        assertThat(query("SELECT 1")).isEqualTo("1");
    }

    @Test
    void takesOverFromAServerThatAKilledRunLeftBehind() throws SQLException {
        long leftBehind = database.handle().orElseThrow().pid();

        EmbeddedDatabase next = database(directory.resolve("with a space"));
        next.start();

        assertThat(next.handle().map(ProcessHandle::pid)).isPresent().isNotEqualTo(Optional.of(leftBehind));
        assertThat(query("SELECT 1")).isEqualTo("1");
    }

    @Test
    void waitsWhilePausedAndGoesOnWhenResumed() throws SQLException {
        database.pause();
        String url = database.jdbcUrl("throughline") + "?connectTimeout=1&loginTimeout=1&socketTimeout=1";
        assertThatThrownBy(() -> DriverManager.getConnection(url, EmbeddedDatabase.USER, database.password()))
                .isInstanceOf(SQLException.class);

        database.resume();

        assertThat(query("SELECT 1")).isEqualTo("1");
    }

    @Test
    void refusesADatabaseNameThatIsNotAWord() {
        assertThatThrownBy(() -> database.createDatabase("x; DROP DATABASE throughline"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runsAsNobodyWhereRootMayHaveNoUserNamespace() throws SQLException {
        Optional<UnprivilegedLauncher> nobody = UnprivilegedLauncher.nobody();
        assumeTrue(nobody.isPresent(), "only root can become nobody");
        Path log = directory.resolve("nobody.log");
        EmbeddedDatabase second =
                new EmbeddedDatabase(directory.resolve("nobody"), ports.port(Ports.Use.API), log, nobody.orElseThrow());
        try {
            second.start();
            second.createDatabase("throughline");
            try (Connection connection = second.connect("throughline")) {
                assertThat(connection.isValid(1)).isTrue();
            }
        } finally {
            second.stop();
        }
        assertThat(second.alive()).isFalse();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect("throughline");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.connect("throughline");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
