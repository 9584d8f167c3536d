package io.throughline.connectors.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.TrackingNews;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells the carrier's webhooks from forged ones: an HMAC-SHA256 over the raw body by the account's secret, compared in constant time. */
public final class CarrierWebhooks {
    /** The header that carries the signature, in lower case. */
    public static final String SIGNATURE_HEADER = "x-carrier-hmac-sha256";

    private static final String HMAC = "HmacSHA256";

    /** Ids and numbers become part of a unique index. */
    private static final Pattern NAME = Pattern.compile("[!-~]{1,100}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<CarrierConfig> configs;

    public CarrierWebhooks(List<CarrierConfig> configs) {
        this.configs = List.copyOf(configs);
    }

    /** {@code body} is what came over the wire, before anything has read it. Header names may be in any case. */
    public Verdict verify(byte[] body, Map<String, String> headers) {
        Optional<byte[]> signature = headers.entrySet().stream()
                .filter(header -> SIGNATURE_HEADER.equalsIgnoreCase(header.getKey()))
                .findFirst()
                .flatMap(header -> decode(header.getValue()));
        if (signature.isEmpty()) {
            return new Forged("there is no readable signature");
        }
        Optional<CarrierConfig> sender = Optional.empty();
        // Every secret is tried, so that the time taken does not tell which one it was.
        for (CarrierConfig candidate : configs) {
            boolean signed = MessageDigest.isEqual(mac(candidate, body), signature.get());
            if (signed && sender.isEmpty()) {
                sender = Optional.of(candidate);
            }
        }
        return sender.<Verdict>map(found -> read(found.account(), body))
                .orElseGet(() -> new Forged("the signature is not that of one of our carriers"));
    }

    private static Verdict read(AccountId account, byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            String id = root == null ? "" : root.path("id").asText("");
            String number = root == null ? "" : root.path("number").asText("");
            if (root == null
                    || !NAME.matcher(id).matches()
                    || !NAME.matcher(number).matches()) {
                return new Unreadable(account, "the body names no event and no parcel");
            }
            Optional<TrackingNews> news = Statuses.of(root.path("status").asText(""))
                    .map(status -> new TrackingNews(
                            status, ParcelCarrier.instant(root.path("at").asText(""))));
            return new Verified(account, id, number, news);
        } catch (IOException notJson) {
            return new Unreadable(account, "the body is not JSON");
        }
    }

    private static Optional<byte[]> decode(String header) {
        try {
            byte[] signature = Base64.getDecoder().decode(header.strip());
            return signature.length == 0 ? Optional.empty() : Optional.of(signature);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] mac(CarrierConfig config, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(config.webhookSecret().getBytes(StandardCharsets.UTF_8), HMAC));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(HMAC + " belongs to every JDK", impossible);
        }
    }

    /** What a message turned out to be. */
    public sealed interface Verdict {}

    /** The carrier sent it; without news where it says what means nothing to us. */
    public record Verified(AccountId account, String eventId, String number, Optional<TrackingNews> news)
            implements Verdict {}

    /** Not signed with a secret of ours. */
    public record Forged(String reason) implements Verdict {}

    /** Signed, yet not what a webhook looks like. */
    public record Unreadable(AccountId account, String reason) implements Verdict {}
}
