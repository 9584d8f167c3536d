package io.throughline.api.access;

import io.throughline.domain.access.ApiKeys;
import io.throughline.domain.access.ApiKeys.ApiKey;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Makes API keys and tells whose a presented one is. */
public final class KeyRing {
    // What an unknown id is compared with, so that it takes as long as a known one.
    private static final String NOBODYS = "0".repeat(64);

    private final ApiKeys keys;
    private final String environment;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** {@code environment} is part of each key, so that a key of one deployment is recognised as foreign in another. */
    public KeyRing(ApiKeys keys, String environment, Clock clock) {
        this.keys = keys;
        this.environment = environment;
        this.clock = clock;
    }

    /** Makes a key; the result is the only place where its secret can be had. */
    public ApiKeyToken make(String owner, Set<Role> roles, Optional<Instant> expiresAt) {
        return make(owner, roles, Set.of(), expiresAt);
    }

    /** The same for a key whose role STORE is good for these facilities. */
    public ApiKeyToken make(String owner, Set<Role> roles, Set<FacilityId> facilities, Optional<Instant> expiresAt) {
        return make(owner, roles, facilities, expiresAt, Optional.empty());
    }

    /** The same, made by the holder of another key. */
    public ApiKeyToken make(
            String owner, Set<Role> roles, Set<FacilityId> facilities, Optional<Instant> expiresAt, Caller maker) {
        return make(owner, roles, facilities, expiresAt, Optional.of(maker.keyId()));
    }

    private ApiKeyToken make(
            String owner,
            Set<Role> roles,
            Set<FacilityId> facilities,
            Optional<Instant> expiresAt,
            Optional<String> madeBy) {
        ApiKeyToken token = ApiKeyToken.random(environment, random);
        keys.add(token.id(), token.secretSha256(), owner, roles, facilities, expiresAt, madeBy);
        return token;
    }

    /** Whose key this is; empty when it is malformed, foreign, unknown, wrong, expired or revoked. */
    public Optional<Caller> callerOf(String presented) {
        return ApiKeyToken.parse(presented)
                .filter(token -> token.environment().equals(environment))
                .flatMap(this::known);
    }

    /** Whose key this is, for whoever has presented it before; empty once it is expired or revoked. */
    public Optional<Caller> holderOf(String keyId) {
        return keys.find(keyId).filter(this::valid).map(KeyRing::holder);
    }

    private Optional<Caller> known(ApiKeyToken token) {
        Optional<ApiKey> key = keys.find(token.id());
        boolean right =
                equal(token.secretSha256(), key.map(ApiKey::secretSha256).orElse(NOBODYS));
        return key.filter(found -> right && valid(found)).map(KeyRing::holder);
    }

    private static Caller holder(ApiKey key) {
        return new Caller(key.id(), key.owner(), key.roles(), key.facilities());
    }

    private boolean valid(ApiKey key) {
        return !key.revoked() && !expired(key);
    }

    private boolean expired(ApiKey key) {
        return key.expiresAt()
                .filter(instant -> !clock.instant().isBefore(instant))
                .isPresent();
    }

    private static boolean equal(String first, String second) {
        return MessageDigest.isEqual(first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));
    }
}
