package io.throughline.api.access;

import io.throughline.domain.access.ApiKeys;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** API keys in memory. */
public final class TestingApiKeys implements ApiKeys {
    private final Map<String, ApiKey> keys = new LinkedHashMap<>();

    @Override
    public void add(
            String id,
            String secretSha256,
            String owner,
            Set<Role> roles,
            Set<FacilityId> facilities,
            Optional<Instant> expiresAt,
            Optional<String> madeBy) {
        keys.put(id, new ApiKey(id, secretSha256, owner, roles, facilities, expiresAt, false));
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public boolean revoke(String id) {
        return find(id).map(key -> keys.put(
                        id,
                        new ApiKey(
                                id,
                                key.secretSha256(),
                                key.owner(),
                                key.roles(),
                                key.facilities(),
                                key.expiresAt(),
                                true)))
                .isPresent();
    }

    @Override
    public List<ApiKey> all() {
        return List.copyOf(keys.values());
    }
}
