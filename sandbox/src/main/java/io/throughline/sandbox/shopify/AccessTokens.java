package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.MalformedBody;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Tokens by client credentials: each is good for a day by the sandbox's clock, and there is no refreshing one. */
final class AccessTokens {

    private static final Duration VALID = Duration.ofHours(24);
    private static final String KIND = "AccessToken";

    private final ShopStore store;

    AccessTokens(ShopStore store) {
        this.store = store;
    }

    Response issue(Request request) {
        JsonNode asked = form(request);
        if (!asked.path("grant_type").asText().equals("client_credentials")) {
            return refused("unsupported_grant_type", "grant_type must be client_credentials");
        }
        boolean known = asked.path("client_id").asText().equals(store.shop().clientId())
                && asked.path("client_secret").asText().equals(store.shop().clientSecret());
        if (!known) {
            return refused("invalid_client", "Client authentication failed");
        }
        String token = "shpat_" + UUID.randomUUID().toString().replace("-", "");
        Instant expires = store.now().plus(VALID);
        store.save(KIND, token, Json.object().put("expires", expires.toString()));
        return Response.json(
                200,
                Json.object()
                        .put("access_token", token)
                        .put("scope", String.join(",", CatalogViews.SCOPES))
                        .put("expires_in", VALID.toSeconds() - 1));
    }

    boolean isValid(String token) {
        return store.find(KIND, token)
                .filter(kept -> Instant.parse(kept.path("expires").asText()).isAfter(store.now()))
                .isPresent();
    }

    void expireAll() {
        store.removeAll(KIND);
    }

    private static Response refused(String error, String description) {
        return Response.json(400, Json.object().put("error", error).put("error_description", description));
    }

    private static JsonNode form(Request request) {
        if (request.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            ObjectNode form = Json.object();
            for (String pair : request.text().split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    form.put(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
            return form;
        }
        try {
            return request.json();
        } catch (MalformedBody unreadable) {
            return Json.object();
        }
    }
}
