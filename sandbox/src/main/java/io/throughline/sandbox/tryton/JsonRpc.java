package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.MalformedBody;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The JSON-RPC protocol: refusals come with status 200. Long replies say that they are packed, whether they are or not. */
final class JsonRpc {
    private static final int LONGEST_PLAIN = 1400;

    private final Methods methods;
    private final Tables tables;
    private final Sessions sessions;
    private final Refusals refusals;

    JsonRpc(Methods methods, Tables tables, Sessions sessions, Refusals refusals) {
        this.methods = methods;
        this.tables = tables;
        this.sessions = sessions;
        this.refusals = refusals;
    }

    Response answer(Request request) throws Exception {
        JsonNode call;
        try {
            call = request.json();
        } catch (MalformedBody unreadable) {
            return Pages.of(400);
        }
        String method = call.path("method").asText();
        if (method.equals("common.db.login")) {
            return login(request, call);
        }
        if (!sessions.mayCall(request)) {
            return Response.text(401, "").withHeader("WWW-Authenticate", "Basic realm=\"Tryton\"");
        }
        try {
            refusals.meet(method);
            JsonNode result = tables.inTransaction(() -> methods.call(method, call.path("params")));
            return reply(request, call, "result", result);
        } catch (TrytonError.Forbidden forbidden) {
            return Pages.of(403);
        } catch (TrytonError error) {
            return reply(request, call, "error", error(error));
        }
    }

    private Response login(Request request, JsonNode call) {
        JsonNode parameters = call.path("params");
        String password = parameters.path(1).path("password").asText();
        if (!sessions.mayLogin(parameters.path(0).asText(), password)) {
            return Pages.of(401);
        }
        ArrayNode granted =
                Json.array().add(sessions.userId()).add(sessions.open()).addNull();
        return reply(request, call, "result", granted);
    }

    private static ArrayNode error(TrytonError error) {
        ArrayNode form = Json.array();
        return switch (error) {
            case TrytonError.UserError refusal ->
                form.add("UserError")
                        .add(Json.array().add(refusal.text()).add("").addNull());
            case TrytonError.UserWarning warning ->
                form.add("UserWarning")
                        .add(Json.array()
                                .add(warning.name())
                                .add(warning.text())
                                .add(""));
            default -> form.add(error.text()).add("");
        };
    }

    private static Response reply(Request request, JsonNode call, String member, JsonNode value) {
        ObjectNode body = Json.object();
        body.set("id", call.path("id"));
        body.set(member, value);
        Response plain = Response.json(200, body);
        if (plain.body().length <= LONGEST_PLAIN) {
            return plain;
        }
        boolean understood = request.header("accept-encoding").orElse("").contains("gzip");
        Map<String, String> headers =
                plain.withHeader("Content-Encoding", "gzip").headers();
        return new Response(200, headers, understood ? packed(plain.body()) : plain.body());
    }

    private static byte[] packed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
