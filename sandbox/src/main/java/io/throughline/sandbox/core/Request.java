package io.throughline.sandbox.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One call as it came in: header names in lower case, query values decoded, the body as raw bytes. */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Request(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    public Request {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Throws {@link MalformedBody} where the body is no JSON document. */
    public JsonNode json() {
        return Json.parse(body);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The path's parts between slashes, without empty ones: {@code /orders/7/cancel} gives {@code [orders, 7, cancel]}. */
    public String[] segments() {
        String trimmed = path.replaceAll("^/+|/+$", "");
        return trimmed.isEmpty() ? new String[0] : trimmed.split("/+", -1);
    }

    public Request withPath(String newPath) {
        return new Request(method, newPath, query, headers, body);
    }
}
