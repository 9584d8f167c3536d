package io.throughline.connectors.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Json;
import io.throughline.connectors.shopify.reconciliation.ShopifySubscriptions;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderKey;
import io.throughline.wire.SharedSecrets;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells Shopify's webhooks from forged ones, by the raw bytes and the secret of the shop that the headers name, and takes from the
 * body only what it is about. A webhook is a hint: its facts are read by GraphQL. Old ones are not refused, for retries are old.
 */
public final class ShopifyWebhooks {
    /** They become part of a unique index, which takes no long ones. */
    private static final Pattern NAME = Pattern.compile("[!-~]{1,200}");

    private final Map<String, Shop> shops;

    public ShopifyWebhooks(Collection<ShopifyConfig> configs) {
        this.shops = configs.stream().collect(Collectors.toUnmodifiableMap(ShopifyConfig::shopDomain, Shop::of));
    }

    /** {@code body} is what came over the wire, before anything has read it. Header names may be in any case. */
    public Verdict verify(byte[] body, Map<String, String> headers) {
        Headers given = Headers.of(headers);
        Optional<Shop> shop = given.shopDomain().map(shops::get);
        if (shop.isEmpty()) {
            return new Forged("the shop is not one of ours");
        }
        Optional<byte[]> signature = given.signature();
        if (signature.isEmpty()) {
            return new Forged("there is no readable signature");
        }
        if (!shop.get().secrets().signed(signature.get(), body)) {
            return new Forged("the signature is not that of the shop's secret");
        }
        return given.complaint()
                .<Verdict>map(Misaddressed::new)
                .orElseGet(() -> read(shop.get().account(), given, body));
    }

    private static Verdict read(AccountId account, Headers headers, byte[] body) {
        String topic = headers.topic().orElseThrow();
        try {
            JsonNode root = Json.mapper().readTree(body);
            if (root == null || !root.isObject()) {
                return new Unreadable(account, "the body of " + topic + " is not a JSON object");
            }
            Optional<OrderKey> order = order(account, topic, root);
            List<String> work = work(root);
            if (order.isEmpty() && work.isEmpty() && aboutOrders(topic)) {
                return new Unreadable(account, "the body of " + topic + " names no order");
            }
            Optional<ShopifyNotice> notice = ShopifyNotice.read(account, topic, root);
            if (notice.isEmpty() && ShopifyNotice.isExpected(topic)) {
                return new Unreadable(account, "the body of " + topic + " names no customer, or no return");
            }
            String webhookId = headers.webhookId().orElseThrow();
            return new Verified(
                    account,
                    topic,
                    headers.eventId().orElse(webhookId),
                    webhookId,
                    order,
                    work,
                    topic.startsWith("orders/")
                            ? instant(root.path("updated_at").asText(""))
                            : Optional.empty(),
                    headers.triggeredAt(),
                    Gid.told(root.path("destination_location_id"), "Location"),
                    notice);
        } catch (IOException notJson) {
            return new Unreadable(account, "the body of " + topic + " is not JSON");
        }
    }

    private static boolean aboutOrders(String topic) {
        return Stream.of(
                        "orders/",
                        "order_transactions/",
                        "refunds/",
                        "fulfillments/",
                        "fulfillment_orders/",
                        "disputes/")
                .anyMatch(topic::startsWith);
    }

    private static Optional<OrderKey> order(AccountId account, String topic, JsonNode root) {
        JsonNode id = topic.startsWith("orders/") && !root.path("order_edit").isObject()
                ? root.path("id")
                : root.path("order_id");
        return Stream.of(
                        id,
                        root.path("order_edit").path("order_id"),
                        root.path("fulfillment_order").path("order_id"))
                .flatMap(told -> Gid.told(told, "Order").stream())
                .findFirst()
                .map(number -> new OrderKey(account, number));
    }

    private static List<String> work(JsonNode root) {
        List<String> gids = new ArrayList<>();
        for (JsonNode part : root) {
            String id = part.path("id").asText("");
            if (id.matches("gid://shopify/FulfillmentOrder/[0-9]{1,19}") && !gids.contains(id)) {
                gids.add(id);
            }
        }
        // What was merged is named by bare numbers.
        for (JsonNode merged : root.path("merge_intents")) {
            Gid.told(merged.path("fulfillment_order_id"), "FulfillmentOrder")
                    .map(number -> Gid.of("FulfillmentOrder", number))
                    .filter(gid -> !gids.contains(gid))
                    .ifPresent(gids::add);
        }
        return gids;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /** What a message turned out to be. */
    public sealed interface Verdict {}

    /**
     * Shopify sent it. {@code eventId} is the same for one event at all subscriptions (the webhook's own id where Shopify gives
     * none); {@code order} and {@code work} (global ids of fulfillment orders) are what it is about; {@code version} is the order's
     * time of last change, where the body tells it; {@code destination} the location that work was moved to; {@code notice} is what it says that
     * is about no order.
     */
    public record Verified(
            AccountId account,
            String topic,
            String eventId,
            String webhookId,
            Optional<OrderKey> order,
            List<String> work,
            Optional<Instant> version,
            Optional<Instant> triggeredAt,
            Optional<String> destination,
            Optional<ShopifyNotice> notice)
            implements Verdict {
        public Verified {
            work = List.copyOf(work);
        }

        public boolean aboutStock() {
            return topic.equals(ShopifySubscriptions.OF_STOCK);
        }
    }

    /** Not signed with the secret of the shop that it names. */
    public record Forged(String reason) implements Verdict {}

    /**
     * Its body is signed, its headers are not what Shopify sends. No signature covers those, so anybody who once saw the body can
     * have made them, and nothing is kept of it.
     */
    public record Misaddressed(String reason) implements Verdict {}

    /** Signed, yet not what a webhook looks like. */
    public record Unreadable(AccountId account, String reason) implements Verdict {}

    private record Shop(AccountId account, SharedSecrets secrets) {
        static Shop of(ShopifyConfig config) {
            return new Shop(
                    config.account(),
                    SharedSecrets.of(Stream.concat(Stream.of(config.clientSecret()), config.previousSecret().stream())
                            .toList()));
        }
    }

    private record Headers(Map<String, String> byName) {
        static Headers of(Map<String, String> headers) {
            return new Headers(headers.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            entry -> entry.getKey().toLowerCase(Locale.ROOT),
                            Map.Entry::getValue,
                            (first, second) -> first)));
        }

        private Optional<String> get(String name) {
            return Optional.ofNullable(byName.get("x-shopify-" + name))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty());
        }

        /** What is wrong with the headers by which an event is told from others, if anything. */
        Optional<String> complaint() {
            if (topic().isEmpty() || webhookId().isEmpty() || apiVersion().isEmpty()) {
                return Optional.of("a header that every webhook has is missing");
            }
            return Stream.of(topic(), webhookId(), eventId())
                            .flatMap(Optional::stream)
                            .allMatch(value -> NAME.matcher(value).matches())
                    ? Optional.empty()
                    : Optional.of("a header that names the event is too long, or has blanks or control characters");
        }

        Optional<String> shopDomain() {
            return get("shop-domain").map(domain -> domain.toLowerCase(Locale.ROOT));
        }

        Optional<byte[]> signature() {
            return get("hmac-sha256").flatMap(SharedSecrets::signature);
        }

        Optional<String> topic() {
            return get("topic");
        }

        Optional<String> webhookId() {
            return get("webhook-id");
        }

        Optional<String> eventId() {
            return get("event-id");
        }

        Optional<String> apiVersion() {
            return get("api-version");
        }

        Optional<Instant> triggeredAt() {
            return get("triggered-at").flatMap(ShopifyWebhooks::instant);
        }
    }
}
