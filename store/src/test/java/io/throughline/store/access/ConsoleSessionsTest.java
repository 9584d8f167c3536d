package io.throughline.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.access.ConsoleSessions;
import io.throughline.domain.access.ConsoleSessions.ConsoleSession;
import io.throughline.domain.access.Role;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConsoleSessionsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final ConsoleSessions sessions = POSTGRES.database().consoleSessions();

    @Test
    void aSessionIsFoundUntilItIsOverOrEnded() {
        POSTGRES.database().apiKeys().add("k1", "abc", "ada", Set.of(Role.SUPPORT), Optional.empty());
        Instant ends = POSTGRES.clock().instant().plus(Duration.ofHours(1));
        sessions.begin("first", "k1", ends);
        sessions.begin("second", "k1", ends);

        assertThat(sessions.find("first")).contains(new ConsoleSession("k1", ends));
        assertThat(sessions.find("third")).isEmpty();
        sessions.end("second");
        assertThat(sessions.find("second")).isEmpty();

        POSTGRES.clock().advance(Duration.ofHours(1));
        assertThat(sessions.find("first")).isEmpty();
        sessions.begin("fourth", "k1", ends.plus(Duration.ofHours(1)));
        List<String> kept = POSTGRES.tables()
                .withHandle(handle -> handle.select("select secret_sha256 from console_session")
                        .mapTo(String.class)
                        .list());
        assertThat(kept).as("what is over is forgotten").containsExactly("fourth");
    }
}
