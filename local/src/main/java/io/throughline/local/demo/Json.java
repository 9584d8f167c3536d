package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plain JSON client of one server. Any answer but a 2xx is an error that shows what was asked and said. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI base;
    private final Map<String, String> headers;

    public Json(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public JsonNode get(String path) {
        return send("GET", path, null, Map.of());
    }

    public JsonNode post(String path, JsonNode body) {
        return send("POST", path, body, Map.of());
    }

    public JsonNode post(String path, JsonNode body, Map<String, String> extra) {
        return send("POST", path, body, extra);
    }

    public JsonNode put(String path, JsonNode body) {
        return send("PUT", path, body, Map.of());
    }

    public JsonNode delete(String path) {
        return send("DELETE", path, null, Map.of());
    }

    private JsonNode send(
            String method, String path, @org.jspecify.annotations.Nullable JsonNode body, Map<String, String> extra) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        headers.forEach(request::header);
        extra.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new UnexpectedAnswer(
                        response.statusCode(),
                        method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body().isBlank() ? object() : MAPPER.readTree(response.body());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(method + " " + path + ": " + unreachable.getMessage(), unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for " + path, stopped);
        }
    }

    public static List<JsonNode> list(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items;
    }

    /** An answer that a script did not expect. */
    public static final class UnexpectedAnswer extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final int status;

        UnexpectedAnswer(int status, String message) {
            super(message);
            this.status = status;
        }

        /** It can't be told just now, such as while a database restarts. */
        boolean notNow() {
            return status == 503;
        }
    }
}
