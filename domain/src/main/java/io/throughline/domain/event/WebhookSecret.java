package io.throughline.domain.event;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** What deliveries to a subscriber are signed with: {@code whsec_} and the base64 of 32 random bytes. {@code toString} shows nothing. */
public record WebhookSecret(String value) {
    private static final Pattern FORM = Pattern.compile("whsec_[A-Za-z0-9+/]{43}=");
    private static final int BYTES = 32;

    public WebhookSecret {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a secret is whsec_ and the base64 of 32 bytes");
        }
    }

    public static WebhookSecret random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new WebhookSecret("whsec_" + Base64.getEncoder().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "whsec_…";
    }
}
