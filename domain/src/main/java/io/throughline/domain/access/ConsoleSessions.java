package io.throughline.domain.access;

import java.time.Instant;
import java.util.Optional;

/** Who is signed in to the console. Of the secret that a browser keeps, only the SHA-256 is known here. */
public interface ConsoleSessions {
    /** Stores a session that was begun with an API key; forgets those that are over. */
    void begin(String secretSha256, String keyId, Instant expiresAt);

    /** The session that has this secret, if it is not over. */
    Optional<ConsoleSession> find(String secretSha256);

    void end(String secretSha256);

    /** A session acts with the roles that its key has at the time, and ends with the key. */
    record ConsoleSession(String keyId, Instant expiresAt) {}
}
