package io.throughline.connectors.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.http.JsonAnswer;
import io.throughline.connectors.http.SystemCalls;
import io.throughline.domain.account.SystemGate;
import io.throughline.wire.SharedSecrets;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Calls to one account, signed with its secret. */
final class MarketplaceWire implements AutoCloseable {
    private static final String SIGNATURE = "X-Marketplace-Signature";

    private final MarketplaceConfig config;
    private final SharedSecrets secrets;
    private final SystemCalls calls;

    MarketplaceWire(MarketplaceConfig config, SystemGate gate) {
        this.config = config;
        this.secrets = SharedSecrets.of(List.of(config.secret()));
        this.calls = SystemCalls.to("marketplace", config.account(), gate, config.timeout());
    }

    JsonAnswer get(String path) {
        return calls.callForJson(request("GET", path, "").GET(), false);
    }

    /** The call may have had its effect where its answer is missing. */
    JsonAnswer post(String path, JsonNode body, String key) {
        String text = body.toString();
        return calls.callForJson(
                request("POST", path, text)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(text)),
                true);
    }

    /** Method, path and body are signed, each on a line of its own. */
    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(config.baseUrl() + path))
                .header(SIGNATURE, secrets.sign((method + "\n" + path + "\n" + body).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        calls.close();
    }
}
