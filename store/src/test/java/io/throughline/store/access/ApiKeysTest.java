package io.throughline.store.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.access.ApiKeys;
import io.throughline.domain.access.ApiKeys.ApiKey;
import io.throughline.domain.access.Role;
import io.throughline.store.PostgresExtension;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApiKeysTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final ApiKeys keys = POSTGRES.database().apiKeys();

    @Test
    void aKeyIsAddedFoundAndRevoked() {
        Instant expires = Instant.parse("2027-01-01T00:00:00Z");
        keys.add("k1", "abc", "ada", Set.of(Role.SUPPORT, Role.FINANCE), Optional.of(expires));
        keys.add("k2", "def", "bob", Set.of(Role.VIEWER), Optional.empty());

        ApiKey key = new ApiKey("k1", "abc", "ada", Set.of(Role.SUPPORT, Role.FINANCE), Optional.of(expires), false);
        assertThat(keys.find("k1")).contains(key);
        assertThat(keys.find("k3")).isEmpty();
        assertThat(keys.revoke("k1")).isTrue();
        assertThat(keys.revoke("k1")).isFalse();
        assertThat(keys.revoke("k3")).isFalse();
        assertThat(keys.find("k1").orElseThrow().revoked()).isTrue();
        assertThat(keys.all()).extracting(ApiKey::id).containsExactly("k1", "k2");
        assertThatThrownBy(() -> keys.add("k1", "other", "mallory", Set.of(Role.ADMIN), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(keys.find("k1").orElseThrow().owner()).isEqualTo("ada");
    }
}
