package io.throughline.api.console;

import io.throughline.api.access.Caller;
import io.throughline.domain.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Somebody who is signed in, with the secret that their browser keeps. {@code toString} shows no secret.
 */
public record Session(String secret, Caller caller) {
    /** What each form of theirs carries: only a page of ours can have it, and it doesn't tell the secret. */
    public String formToken() {
        return Sha256.hex("form " + secret);
    }

    public boolean isOf(String token) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), formToken().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "session of " + caller.actor();
    }
}
