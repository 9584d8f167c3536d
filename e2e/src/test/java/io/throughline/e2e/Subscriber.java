package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody on this machine who subscribes to events, and checks each signature by the text of Standard Webhooks. */
final class Subscriber implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String secret = "";
    private volatile Predicate<Event> takes = event -> true;

    /** One delivery. */
    record Event(String id, String type, String subject, long seq, JsonNode data, boolean genuine) {}

    Subscriber() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (secret.isEmpty()) {
                // It comes again.
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonNode event = JSON.readTree(body);
            Event delivered = new Event(
                    event.path("id").asText(),
                    event.path("type").asText(),
                    event.path("subject").asText(),
                    Long.parseLong(event.path("sequence").asText()),
                    event.path("data"),
                    genuine(exchange.getRequestHeaders(), body));
            events.add(delivered);
            exchange.sendResponseHeaders(takes.test(delivered) ? 204 : 503, -1);
        }
    }

    private boolean genuine(Headers headers, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(secret.substring("whsec_".length())), mac.getAlgorithm()));
            String signed = headers.getFirst("webhook-id") + "." + headers.getFirst("webhook-timestamp") + "." + body;
            String expected =
                    "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return List.of(headers.getFirst("webhook-signature").split(" ")).contains(expected);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    void knows(String whsec) {
        secret = whsec;
    }

    /** Answers 503 to all others; a predicate may take its time. */
    void takesOnly(Predicate<Event> wanted) {
        takes = wanted;
    }

    /** Each delivery, repeated ones as well, in the order of their arrival. */
    List<Event> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
