package io.throughline.sandbox.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.sandbox.core.Delivery;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SandboxContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells where parcels are to the one address that was given, signed over the raw body. */
final class Announcements {
    private static final String SETTINGS = "carrier.settings";
    private static final String WEBHOOK = "webhook";
    private static final String SIGNATURE = "x-carrier-hmac-sha256";

    private final SandboxContext context;

    Announcements(SandboxContext context) {
        this.context = context;
    }

    void tellAt(String url, String secret) {
        context.documents().put(SETTINGS, WEBHOOK, Json.object().put("url", url).put("secret", secret));
    }

    void tell(JsonNode parcel) {
        context.documents().get(SETTINGS, WEBHOOK).ifPresent(webhook -> {
            byte[] body = Json.bytes(Json.object()
                    .put("id", UUID.randomUUID().toString())
                    .put("type", "parcel.updated")
                    .put("number", parcel.path("number").asText())
                    .put("reference", parcel.path("reference").asText())
                    .put("status", parcel.path("status").asText())
                    .put("at", context.clock().instant().toString()));
            context.webhooks()
                    .send(new Delivery(
                            "carrier",
                            "parcel.updated",
                            parcel.path("number").asText(),
                            URI.create(webhook.path("url").asText()),
                            Map.of(
                                    "Content-Type",
                                    "application/json",
                                    SIGNATURE,
                                    signature(webhook.path("secret").asText(), body)),
                            body));
        });
    }

    private static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 belongs to every JDK", impossible);
        }
    }
}
