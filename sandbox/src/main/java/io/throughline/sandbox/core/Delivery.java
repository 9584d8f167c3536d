package io.throughline.sandbox.core;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One message to be posted to a subscriber: its signature is already among the headers, its body goes out byte for byte. */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Delivery(
        String system, String topic, String subjectId, URI target, Map<String, String> headers, byte[] body) {

    public Delivery {
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
}
