package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What an administrator does at Tryton's own screen, over the JSON-RPC that the screen uses. */
final class AdminSession {
    private final HttpCalls calls;
    private final String authorization;

    AdminSession(TrytonSettings settings, String password) {
        calls = new HttpCalls(settings);
        JsonNode granted = send(
                "common.db.login",
                Values.array()
                        .add("admin")
                        .add(Values.object().put("password", password))
                        .add("en"));
        String token =
                "admin:" + granted.path(0).asText() + ":" + granted.path(1).asText();
        authorization = "Session " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    JsonNode call(String method, JsonNode... arguments) {
        ArrayNode parameters = Values.array().addAll(List.of(arguments));
        parameters.add(Values.object().put("company", 1).put("language", "en"));
        return send(method, parameters, "Authorization", authorization);
    }

    private JsonNode send(String method, ArrayNode parameters, String... headers) {
        ObjectNode body = Values.object().put("id", 1).put("method", method);
        body.set("params", parameters);
        return Replies.ofRpc(calls.post("rpc/", Replies.write(body), Intent.CHANGE, headers), Intent.CHANGE);
    }
}
