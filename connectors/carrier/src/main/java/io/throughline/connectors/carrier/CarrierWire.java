package io.throughline.connectors.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.http.JsonAnswer;
import io.throughline.connectors.http.SystemCalls;
import io.throughline.domain.account.SystemGate;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Calls to one account, with its key. */
final class CarrierWire implements AutoCloseable {
    private final CarrierConfig config;
    private final SystemCalls calls;

    CarrierWire(CarrierConfig config, SystemGate gate) {
        this.config = config;
        this.calls = SystemCalls.to("carrier", config.account(), gate, config.timeout());
    }

    JsonAnswer get(String path) {
        return calls.callForJson(request(path).GET(), false);
    }

    /** {@code changes}: the call may have had its effect where its answer is missing. */
    JsonAnswer send(String method, String path, JsonNode body, boolean changes) {
        return calls.callForJson(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.toString())),
                changes);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(config.baseUrl() + path))
                .header("Authorization", "Bearer " + config.apiKey());
    }

    @Override
    public void close() {
        calls.close();
    }
}
