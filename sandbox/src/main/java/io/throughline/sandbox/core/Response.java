package io.throughline.sandbox.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer; a body without a content type is sent as JSON. */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Response(int status, Map<String, String> headers, byte[] body) {

    private static final String CONTENT_TYPE = "Content-Type";

    public Response {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    public static Response json(int status, JsonNode body) {
        return json(status, (Object) body);
    }

    public static Response json(int status, Object body) {
        return new Response(status, Map.of(CONTENT_TYPE, "application/json; charset=utf-8"), Json.bytes(body));
    }

    /** What the sandbox itself, and no system that it plays, has to say against a request. */
    public static Response problem(int status, String detail) {
        return json(status, Json.object().put("status", status).put("detail", detail));
    }

    public static Response text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", body);
    }

    public static Response html(int status, String body) {
        return of(status, "text/html; charset=utf-8", body);
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), new byte[0]);
    }

    private static Response of(int status, String type, String body) {
        return new Response(status, Map.of(CONTENT_TYPE, type), body.getBytes(StandardCharsets.UTF_8));
    }

    public Response withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
