package io.throughline.api.console;

import io.throughline.api.access.Caller;
import io.throughline.api.access.KeyRing;
import io.throughline.domain.access.ConsoleSessions;
import io.throughline.domain.hash.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Begins sessions with API keys and tells whose a secret is. A session ends with its day, with its key, or when its owner signs out. */
public final class Sessions {
    static final Duration LASTS = Duration.ofHours(12);
    private static final int SECRET_BYTES = 32;

    private final KeyRing keys;
    private final ConsoleSessions sessions;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Sessions(KeyRing keys, ConsoleSessions sessions, Clock clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Empty when the key is not let in. */
    public Optional<Session> begin(String apiKey) {
        return keys.callerOf(apiKey).map(this::begin);
    }

    private Session begin(Caller caller) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.begin(Sha256.hex(secret), caller.keyId(), clock.instant().plus(LASTS));
        return new Session(secret, caller);
    }

    /** With the roles that the key has now. */
    public Optional<Session> find(String secret) {
        return sessions.find(Sha256.hex(secret))
                .flatMap(session -> keys.holderOf(session.keyId()))
                .map(caller -> new Session(secret, caller));
    }

    public void end(Session session) {
        sessions.end(Sha256.hex(session.secret()));
    }
}
