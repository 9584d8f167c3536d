package io.throughline.connectors.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.wire.PostedSignature;
import io.throughline.wire.SharedSecrets;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells Square's webhooks from forged ones: the signature is an HMAC-SHA256 over the address that Square posts to and the raw
 * body, compared in constant time. Which merchant it is from, is decided by whose key fits and confirmed by the body.
 */
public final class SquareWebhooks {

    /** The header that carries the signature, in lower case. */
    public static final String SIGNATURE_HEADER = "x-square-hmacsha256-signature";

    /** Types and ids become part of a unique index, which takes no long ones and no NUL. */
    private static final Pattern NAME = Pattern.compile("[!-~]{1,200}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Sender> senders;

    public SquareWebhooks(List<SquareConfig> configs) {
        senders = configs.stream().map(Sender::of).toList();
    }

    /** {@code body} is what came over the wire, before anything has read it. Header names may be in any case. */
    public Verdict verify(byte[] body, Map<String, String> headers) {
        Optional<PostedSignature> signature = PostedSignature.in(headers, SIGNATURE_HEADER);
        if (signature.isEmpty()) {
            return new Forged("there is no readable signature");
        }
        return signature
                .get()
                .madeBy(senders, (sender, bytes) -> sender.signed(body, bytes))
                .<Verdict>map(found -> read(found, body))
                .orElseGet(() -> new Forged("the signature is not that of one of our merchants"));
    }

    private static Verdict read(Sender sender, byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root == null
                    || !sender.merchantId.equals(root.path("merchant_id").asText())) {
                return new Unreadable(sender.account, "the body does not name the merchant that signed it");
            }
            return parse(sender.account, root)
                    .<Verdict>map(Verified::new)
                    .orElseGet(() -> new Unreadable(
                            sender.account, "the body is no event: type or event_id is missing or unusable"));
        } catch (IOException notJson) {
            return new Unreadable(sender.account, "the body is not JSON");
        }
    }

    /** Reads an event, however it came; empty when it lacks what every event has. */
    static Optional<SquareEvent> parse(AccountId account, JsonNode root) {
        String type = root.path("type").asText("");
        String eventId = root.path("event_id").asText("");
        if (!NAME.matcher(type).matches() || !NAME.matcher(eventId).matches()) {
            return Optional.empty();
        }
        JsonNode data = root.path("data");
        return Optional.of(new SquareEvent(
                account,
                type,
                eventId,
                order(type, data),
                text(root.path("location_id"))
                        .or(() -> text(first(data.path("object")).path("location_id"))),
                instant(root.path("created_at").asText("")),
                root.toString()));
    }

    private static Optional<String> order(String type, JsonNode data) {
        if (type.startsWith("order.")) {
            return text(first(data.path("object")).path("order_id")).or(() -> text(data.path("id")));
        }
        return type.startsWith("payment.") || type.startsWith("refund.")
                ? text(first(data.path("object")).path("order_id"))
                : Optional.empty();
    }

    /** An event's object has one field, named by the event. */
    private static JsonNode first(JsonNode object) {
        return object.isEmpty() ? object : object.iterator().next();
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> text.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}"));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unknown) {
            return Instant.EPOCH;
        }
    }

    /** What a message turned out to be. */
    public sealed interface Verdict {}

    /** Square sent it. */
    public record Verified(SquareEvent event) implements Verdict {}

    /** Not signed with a key of ours. */
    public record Forged(String reason) implements Verdict {}

    /** Signed, yet not what a webhook looks like. */
    public record Unreadable(AccountId account, String reason) implements Verdict {}

    private record Sender(AccountId account, String merchantId, URI webhookUrl, SharedSecrets keys) {
        static Sender of(SquareConfig config) {
            return new Sender(
                    config.account(),
                    config.merchantId(),
                    config.webhookUrl(),
                    SharedSecrets.of(config.signatureKeys()));
        }

        boolean signed(byte[] body, byte[] signature) {
            return keys.signed(signature, webhookUrl.toString().getBytes(StandardCharsets.UTF_8), body);
        }
    }
}
