package io.throughline.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets by one of which a system signs what it posts, or we sign what we tell it: an HMAC-SHA256 over raw bytes, told in Base64, compared in constant time. */
public final class SharedSecrets {
    private static final String HMAC = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    private SharedSecrets(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Several while one takes the place of another. */
    public static SharedSecrets of(Collection<String> secrets) {
        return new SharedSecrets(secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC))
                .toList());
    }

    /** What a header says, blanks around it left out; empty when that is no Base64, or nothing. */
    public static Optional<byte[]> signature(String header) {
        try {
            return Optional.of(Base64.getDecoder().decode(header.strip())).filter(signature -> signature.length > 0);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Whether it signs these parts, one after the other. Every secret is tried, so that the time taken does not tell which one it was. */
    public boolean signed(byte[] signature, byte[]... parts) {
        boolean signed = false;
        for (SecretKeySpec key : keys) {
            signed |= MessageDigest.isEqual(mac(key, parts), signature);
        }
        return signed;
    }

    /** The signature of these parts, one after the other, by the first secret, in Base64. */
    public String sign(byte[]... parts) {
        return Base64.getEncoder().encodeToString(mac(keys.getFirst(), parts));
    }

    private static byte[] mac(SecretKeySpec key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(HMAC + " belongs to every JDK", impossible);
        }
    }
}
