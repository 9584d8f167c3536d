package io.throughline.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Webhooks signed as Shopify signs them. Those that can be read tell of some orders what was known before, as most of Shopify's do:
 * they are stored and handled like any, and nothing follows.
 */
public final class SignedWebhooks {
    private static final String SECRET = "synthetic-app-secret-for-tests";

    private final URI target;
    private final List<String> orders;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final AtomicLong numbers = new AtomicLong(8_900_000_000_000L);

    /** {@code orders} are the shop's numbers of orders that have been read. */
    public SignedWebhooks(Stack stack, List<String> orders) {
        this.target = stack.api().resolve("/webhooks/shopify");
        this.orders = List.copyOf(orders);
    }

    /** Sends one and waits for its acknowledgement. */
    public void send() {
        long number = numbers.incrementAndGet();
        long order = Long.parseLong(orders.get((int) (number % orders.size())));
        ObjectNode body = Json.object().put("id", order).put("updated_at", "2026-01-05T10:00:00Z");
        send(body.toString(), "orders/updated", "bench-" + number);
    }

    /** Sends one that breaks off in its midst, under the shop's own signature. {@code number} tells it from others. */
    public void sendTorn(long number) {
        send("{\"id\":" + number + ",\"line_items\":[{\"id\":", "orders/create", "torn-" + number);
    }

    private void send(String body, String topic, String id) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            int status = http.send(
                            HttpRequest.newBuilder(target)
                                    .timeout(Duration.ofSeconds(10))
                                    .header("Content-Type", "application/json")
                                    .header("X-Shopify-Topic", topic)
                                    .header("X-Shopify-Shop-Domain", "northwind-demo.myshopify.com")
                                    .header("X-Shopify-API-Version", "2026-10")
                                    .header("X-Shopify-Webhook-Id", id)
                                    .header("X-Shopify-Event-Id", id)
                                    .header("X-Shopify-Hmac-Sha256", signature(bytes))
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            Stage.check(status == 200, "a webhook was answered with " + status);
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC-SHA256 belongs to every JDK", impossible);
        }
    }
}
