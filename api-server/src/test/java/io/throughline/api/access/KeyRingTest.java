package io.throughline.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final TestingApiKeys keys = new TestingApiKeys();
    private final KeyRing ring = new KeyRing(keys, "local", Clock.fixed(NOW, ZoneOffset.UTC));

    @TempDir
    Path directory = Path.of("");

    @Test
    void keepsTheHashAndNotTheSecret() {
        ApiKeyToken token = ring.make("ada", Set.of(Role.SUPPORT), Optional.empty());

        assertThat(token.reveal()).matches("tl_local_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}");
        assertThat(token.toString()).doesNotContain(token.secret());
        assertThat(keys.all().toString()).doesNotContain(token.secret()).contains(token.secretSha256());
        assertThat(ring.callerOf(token.reveal())).contains(new Caller(token.id(), "ada", Set.of(Role.SUPPORT)));
    }

    @Test
    void secretsAreHashedWithSha256() {
        assertThat(new ApiKeyToken("local", "00000000", "a".repeat(43)).secretSha256())
                .isEqualTo("66d34fba71f8f450f7e45598853e53bfc23bbd129027cbb131a2f4ffd7878cd0");
    }

    @Test
    void everyKeyIsNew() {
        SecureRandom random = new SecureRandom();
        assertThat(ApiKeyToken.random("local", random).secret())
                .isNotEqualTo(ApiKeyToken.random("local", random).secret());
    }

    @Test
    void endsAtItsInstant() {
        assertThat(ring.callerOf(ring.make("ada", Set.of(Role.VIEWER), Optional.of(NOW.plusMillis(1)))
                        .reveal()))
                .isPresent();
        assertThat(ring.callerOf(
                        ring.make("ada", Set.of(Role.VIEWER), Optional.of(NOW)).reveal()))
                .isEmpty();
    }

    @Test
    void aLocalKeyIsMadeOnceAndIsItsOwnersAlone() throws IOException {
        Path file = directory.resolve("state/api-key");

        LocalKey.ensure(ring, file);
        String first = Files.readString(file).strip();
        LocalKey.ensure(ring, file);

        assertThat(Files.readString(file).strip()).isEqualTo(first);
        assertThat(ring.callerOf(first)).get().extracting(Caller::roles).isEqualTo(EnumSet.allOf(Role.class));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLocalKeyOfAnotherDatabaseIsReplaced() throws IOException {
        Path file = directory.resolve("api-key");
        Files.writeString(file, ApiKeyToken.random("local", new SecureRandom()).reveal());

        LocalKey.ensure(ring, file);

        assertThat(ring.callerOf(Files.readString(file).strip())).isPresent();
    }

    @Test
    void thereIsALocalKeyOnlyWhereOneIsAskedFor() {
        assertThat(LocalKey.file(Map.of())).isEmpty();
        assertThat(LocalKey.file(Map.of(LocalKey.FILE_VARIABLE, " "))).isEmpty();
        assertThat(LocalKey.file(Map.of(LocalKey.FILE_VARIABLE, "/x/api-key"))).contains(Path.of("/x/api-key"));
    }
}
