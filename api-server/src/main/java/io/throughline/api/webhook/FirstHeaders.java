package io.throughline.api.webhook;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers of a request, the first of each name. */
final class FirstHeaders {
    private FirstHeaders() {}

    static Map<String, String> of(HttpHeaders headers) {
        Map<String, String> first = new LinkedHashMap<>();
        headers.getRequestHeaders().forEach((name, values) -> first.putIfAbsent(name, values.getFirst()));
        return first;
    }
}
