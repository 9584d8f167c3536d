package io.throughline.connectors.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderKey;
import io.throughline.wire.SharedSecrets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells the webhooks of marketplaces from forged ones, by the raw body and the account's secret. */
public final class MarketplaceWebhooks {
    /** The header that carries the signature, in lower case. */
    public static final String SIGNATURE_HEADER = "x-marketplace-signature";

    /** An order shall be cancelled. */
    private static final String CANCELLATION = "order.cancellation_requested";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Sender> senders;

    public MarketplaceWebhooks(List<MarketplaceConfig> configs) {
        this.senders = configs.stream()
                .map(config -> new Sender(
                        config.account(),
                        SharedSecrets.of(Stream.concat(Stream.of(config.secret()), config.previousSecret().stream())
                                .toList())))
                .toList();
    }

    private record Sender(AccountId account, SharedSecrets secrets) {}

    /** {@code body} is what came over the wire, before anything has read it. Header names may be in any case. */
    public Verdict verify(byte[] body, Map<String, String> headers) {
        Optional<byte[]> signature = headers.entrySet().stream()
                .filter(header -> SIGNATURE_HEADER.equalsIgnoreCase(header.getKey()))
                .findFirst()
                .flatMap(header -> SharedSecrets.signature(header.getValue()));
        if (signature.isEmpty()) {
            return new Forged("there is no readable signature");
        }
        Optional<Sender> sender = Optional.empty();
        for (Sender candidate : senders) {
            if (candidate.secrets().signed(signature.get(), body) && sender.isEmpty()) {
                sender = Optional.of(candidate);
            }
        }
        return sender.<Verdict>map(found -> read(found.account(), body))
                .orElseGet(() -> new Forged("the signature is not that of one of our marketplaces"));
    }

    private static Verdict read(AccountId account, byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root == null || !root.isObject()) {
                return new Unreadable("the body is no JSON object");
            }
            if (!root.path("type").asText("").equals(CANCELLATION)) {
                return new Unreadable("its type is not " + CANCELLATION);
            }
            return new CancellationAsked(
                    new OrderKey(account, root.path("orderId").asText("")));
        } catch (IOException notJson) {
            return new Unreadable("the body is not JSON");
        } catch (IllegalArgumentException noOrder) {
            return new Unreadable("its orderId is the name of no order");
        }
    }

    /** What a message turned out to be. */
    public sealed interface Verdict {}

    /** The marketplace asks for the cancellation of its order. */
    public record CancellationAsked(OrderKey order) implements Verdict {}

    /** Not signed with a secret of ours. */
    public record Forged(String reason) implements Verdict {}

    /** Signed, yet nothing that we understand. */
    public record Unreadable(String reason) implements Verdict {}
}
