package io.throughline.connectors.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.wire.PostedSignature;
import io.throughline.wire.SharedSecrets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells the carrier's webhooks from forged ones, by the raw body and the account's secret. */
public final class CarrierWebhooks {
    /** The header that carries the signature, in lower case. */
    public static final String SIGNATURE_HEADER = "x-carrier-hmac-sha256";

    /** Ids and numbers become part of a unique index. */
    private static final Pattern NAME = Pattern.compile("[!-~]{1,100}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Sender> senders;

    public CarrierWebhooks(List<CarrierConfig> configs) {
        this.senders = configs.stream()
                .map(config -> new Sender(config.account(), SharedSecrets.of(List.of(config.webhookSecret()))))
                .toList();
    }

    private record Sender(AccountId account, SharedSecrets secrets) {}

    /** {@code body} is what came over the wire, before anything has read it. Header names may be in any case. */
    public Verdict verify(byte[] body, Map<String, String> headers) {
        Optional<PostedSignature> signature = PostedSignature.in(headers, SIGNATURE_HEADER);
        if (signature.isEmpty()) {
            return new Forged("there is no readable signature");
        }
        return signature
                .get()
                .madeBy(senders, (sender, bytes) -> sender.secrets().signed(bytes, body))
                .<Verdict>map(found -> read(found.account(), body))
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
