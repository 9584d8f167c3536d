package io.throughline.api.access;

import io.throughline.domain.access.ApiKeys;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The keys that were asked for in the last moments, so that a busy client does not cost a query per request. A key that is revoked
 * here ends here at once, and elsewhere when its moment is over. Only keys that are there are remembered: guesses take no room.
 */
public final class RecentKeys implements ApiKeys {
    private static final int MOST = 10_000;

    private final ApiKeys keys;
    private final long forNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Recent> recent = new ConcurrentHashMap<>();
    private volatile long revokedAt;

    public RecentKeys(ApiKeys keys, Duration moment) {
        this(keys, moment, System::nanoTime);
    }

    RecentKeys(ApiKeys keys, Duration moment, LongSupplier nanoTime) {
        this.keys = keys;
        this.forNanos = moment.toNanos();
        this.nanoTime = nanoTime;
        this.revokedAt = nanoTime.getAsLong() - 1;
    }

    private record Recent(ApiKey key, long readAt) {}

    @Override
    public Optional<ApiKey> find(String id) {
        long now = nanoTime.getAsLong();
        Recent known = recent.get(id);
        if (known != null && now - known.readAt() < forNanos) {
            return Optional.of(known.key());
        }
        if (recent.size() >= MOST) {
            recent.clear();
        }
        Optional<ApiKey> found = keys.find(id);
        found.ifPresentOrElse(key -> recent.put(id, new Recent(key, now)), () -> recent.remove(id));
        // What was read while somebody revoked may be older than that.
        if (revokedAt - now >= 0) {
            recent.remove(id);
        }
        return found;
    }

    @Override
    public boolean revoke(String id) {
        boolean revoked = keys.revoke(id);
        revokedAt = nanoTime.getAsLong();
        recent.remove(id);
        return revoked;
    }

    @Override
    public void add(
            String id,
            String secretSha256,
            String owner,
            Set<Role> roles,
            Set<FacilityId> facilities,
            Optional<Instant> expiresAt,
            Optional<String> madeBy) {
        keys.add(id, secretSha256, owner, roles, facilities, expiresAt, madeBy);
    }

    @Override
    public List<ApiKey> all() {
        return keys.all();
    }
}
