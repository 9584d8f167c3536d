package io.throughline.domain.access;

import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The API keys, of which only the SHA-256 of the secret part is kept. */
public interface ApiKeys {
    /**
     * Stores a key by its public id. {@code facilities} are those whose work the role STORE is good for. {@code madeBy} is the key whose holder has made
     * it: such two are not taken for two persons.
     */
    void add(
            String id,
            String secretSha256,
            String owner,
            Set<Role> roles,
            Set<FacilityId> facilities,
            Optional<Instant> expiresAt,
            Optional<String> madeBy);

    default void add(String id, String secretSha256, String owner, Set<Role> roles, Optional<Instant> expiresAt) {
        add(id, secretSha256, owner, roles, Set.of(), expiresAt, Optional.empty());
    }

    Optional<ApiKey> find(String id);

    boolean revoke(String id);

    List<ApiKey> all();

    /** A key without its secret. */
    record ApiKey(
            String id,
            String secretSha256,
            String owner,
            Set<Role> roles,
            Set<FacilityId> facilities,
            Optional<Instant> expiresAt,
            boolean revoked) {
        public ApiKey {
            roles = Set.copyOf(roles);
            facilities = Set.copyOf(facilities);
        }

        /** The key of somebody who works for no facility in particular. */
        public ApiKey(
                String id,
                String secretSha256,
                String owner,
                Set<Role> roles,
                Optional<Instant> expiresAt,
                boolean revoked) {
            this(id, secretSha256, owner, roles, Set.of(), expiresAt, revoked);
        }
    }
}
