package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Delivery;
import io.throughline.sandbox.core.DeliveryPolicy;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Everything that happened, searchable, and posted to the subscription signed as Square signs: HMAC-SHA256 over URL and body. */
final class Events {

    private static final String COLLECTION = "square.event";
    private static final String SEARCHABLE = "square.searchable-event";
    private static final String SETTINGS = "square.events";
    private static final String ENABLED = "enabled";
    private static final String SIGNATURE = "x-square-hmacsha256-signature";

    /** Set while something happens of which no webhook tells. */
    private static final ScopedValue<Boolean> SILENT = ScopedValue.newInstance();

    private final SandboxContext context;
    private final Subscription subscription;
    private final DeliveryPolicy policy;

    Events(SandboxContext context, Subscription subscription) {
        this.context = context;
        this.subscription = subscription;
        policy = new SquareRetries(context.config().webhookRetryBase());
    }

    /** Notes an event and posts it once the surrounding change is committed. */
    void record(String type, String locationId, String objectType, String objectId, JsonNode object) {
        ObjectNode event = Json.object()
                .put("merchant_id", context.retailer().square().merchantId())
                .put("location_id", locationId)
                .put("type", type)
                .put("event_id", UUID.randomUUID().toString())
                .put("created_at", context.clock().instant().toString());
        event.putObject("data").put("type", objectType).put("id", objectId).set("object", object);
        context.documents().put(COLLECTION, event.path("event_id").asText(), event);
        if (context.documents().get(SETTINGS, ENABLED).isPresent()) {
            context.documents().put(SEARCHABLE, event.path("event_id").asText(), event);
        }
        if (!SILENT.isBound()) {
            subscription.listeningTo(type).ifPresent(listening -> post(listening, event));
        }
    }

    /** What happens meanwhile is known to who asks, and told to nobody. */
    static <R> R silently(ScopedValue.CallableOp<R, Exception> work) throws Exception {
        return ScopedValue.where(SILENT, true).call(work);
    }

    private void post(JsonNode listening, JsonNode event) {
        String url = listening.path("notification_url").asText();
        byte[] body = Json.bytes(event);
        context.webhooks()
                .send(
                        new Delivery(
                                "square",
                                event.path("type").asText(),
                                event.path("data").path("id").asText(),
                                URI.create(url),
                                Map.of(
                                        "Content-Type",
                                        "application/json",
                                        SIGNATURE,
                                        signature(
                                                listening.path("signature_key").asText(), url, body),
                                        "square-environment",
                                        "Sandbox",
                                        "square-initial-delivery-timestamp",
                                        event.path("created_at").asText()),
                                body),
                        policy);
    }

    static String signature(String key, String url, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(url.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 belongs to every JDK", impossible);
        }
    }

    /** Posts an event again, as the Developer Console can. */
    boolean resend(String eventId) {
        Optional<JsonNode> event = context.documents().get(COLLECTION, eventId);
        Optional<JsonNode> listening = subscription.find();
        if (event.isEmpty() || listening.isEmpty()) {
            return false;
        }
        post(listening.get(), event.get());
        return true;
    }

    /** {@code PUT /v2/events/enable}: only what happens from now on can be searched. */
    JsonNode enable() {
        context.documents().put(SETTINGS, ENABLED, Json.object());
        return Json.object();
    }

    /** {@code POST /v2/events}: what happened, by type, location and time, newest first unless asked otherwise. */
    Response search(JsonNode body) {
        JsonNode filter = body.path("query").path("filter");
        Set<String> types = Catalog.texts(filter.path("event_types"));
        Set<String> locations = Catalog.texts(filter.path("location_ids"));
        JsonNode created = filter.path("created_at");
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode event : context.documents().list(SEARCHABLE)) {
            if ((types.isEmpty() || types.contains(event.path("type").asText()))
                    && (locations.isEmpty()
                            || locations.contains(event.path("location_id").asText()))
                    && TimeRange.contains(created, event.path("created_at").asText())) {
                found.add(event);
            }
        }
        if (!"ASC".equals(body.path("query").path("sort").path("order").asText())) {
            Collections.reverse(found);
        }
        ObjectNode page = Page.of(body.path("cursor"), body.path("limit"), 100, 100)
                .write("events", found, java.util.function.Function.identity());
        var metadata = page.putArray("metadata");
        page.path("events")
                .forEach(event -> metadata.addObject()
                        .put("event_id", event.path("event_id").asText())
                        .put("api_version", "2026-08-19"));
        return Response.json(200, page);
    }

    /** Eleven retries, the wait doubling each time, with the number of the retry in a header. */
    private record SquareRetries(Duration base) implements DeliveryPolicy {

        @Override
        public int retries() {
            return 11;
        }

        @Override
        public Duration waitBefore(int retry) {
            return base.multipliedBy(1L << (retry - 1));
        }

        @Override
        public Duration answerWithin() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Map<String, String> headers(Delivery delivery, int attempt) {
            if (attempt == 1) {
                return delivery.headers();
            }
            Map<String, String> headers = new LinkedHashMap<>(delivery.headers());
            headers.put("square-retry-number", Integer.toString(attempt - 1));
            headers.put("square-retry-reason", "other_error");
            return headers;
        }
    }

    /** A span of time with optional ends, the end excluded. */
    static final class TimeRange {
        private TimeRange() {}

        static boolean contains(JsonNode range, String at) {
            if (at.isEmpty()) {
                return range.isMissingNode();
            }
            Instant instant = Instant.parse(at);
            String start = range.path("start_at").asText("");
            String end = range.path("end_at").asText("");
            return (start.isEmpty() || !instant.isBefore(instant(start)))
                    && (end.isEmpty() || instant.isBefore(instant(end)));
        }

        private static Instant instant(String text) {
            try {
                return java.time.OffsetDateTime.parse(text).toInstant();
            } catch (java.time.format.DateTimeParseException wrong) {
                throw SquareError.invalid("INVALID_TIME", "Not an RFC 3339 time: " + text, "created_at");
            }
        }
    }
}
