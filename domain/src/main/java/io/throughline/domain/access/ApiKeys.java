package io.throughline.domain.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The API keys, of which only the SHA-256 of the secret part is kept. */
public interface ApiKeys {
    /** Stores a key by its public id. */
    void add(String id, String secretSha256, String owner, Set<Role> roles, Optional<Instant> expiresAt);

    Optional<ApiKey> find(String id);

    boolean revoke(String id);

    List<ApiKey> all();

    /** A key without its secret. */
    record ApiKey(
            String id,
            String secretSha256,
            String owner,
            Set<Role> roles,
            Optional<Instant> expiresAt,
            boolean revoked) {
        public ApiKey {
            roles = Set.copyOf(roles);
        }
    }
}
