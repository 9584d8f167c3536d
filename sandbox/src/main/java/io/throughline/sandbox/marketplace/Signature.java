package io.throughline.sandbox.marketplace;

import io.throughline.sandbox.core.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that a seller and the marketplace share: sellers sign method, path and body, each on a line; the marketplace signs bodies. */
final class Signature {
    static final String HEADER = "x-marketplace-signature";

    private final String secret;

    Signature(String secret) {
        this.secret = secret;
    }

    boolean isOf(Request request) {
        byte[] expected = of((request.method() + "\n" + request.path() + "\n" + request.text())
                        .getBytes(StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        byte[] given = request.header(HEADER).orElse("").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given);
    }

    String of(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 belongs to every JDK", impossible);
        }
    }
}
