package io.throughline.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.access.ApiKeys.ApiKey;
import io.throughline.domain.access.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecentKeysTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final TestingApiKeys stored = new TestingApiKeys();
    private final RecentKeys keys = new RecentKeys(stored, Duration.ofNanos(10), nanoTime::get);

    @Test
    void aKeyIsAskedForOnceInAMoment() {
        stored.add("a", "hash", "Ada", Set.of(Role.VIEWER), Optional.empty());
        assertThat(keys.find("a")).isPresent();
        stored.revoke("a");

        nanoTime.addAndGet(9);
        assertThat(keys.find("a").map(ApiKey::revoked)).contains(false);
        nanoTime.addAndGet(1);
        assertThat(keys.find("a").map(ApiKey::revoked)).contains(true);
    }

    @Test
    void aKeyThatIsRevokedHereEndsAtOnce() {
        keys.add("a", "hash", "Ada", Set.of(Role.VIEWER), Optional.empty());
        assertThat(keys.find("a").map(ApiKey::revoked)).contains(false);

        assertThat(keys.revoke("a")).isTrue();

        assertThat(keys.find("a").map(ApiKey::revoked)).contains(true);
    }

    @Test
    void whatIsNotThereIsNotRemembered() {
        assertThat(keys.find("a")).isEmpty();
        keys.add("a", "hash", "Ada", Set.of(Role.VIEWER), Optional.empty());
        assertThat(keys.find("a")).isPresent();
        assertThat(keys.all()).hasSize(1);
    }
}
