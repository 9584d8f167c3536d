package io.throughline.connectors.http;

import com.fasterxml.jackson.databind.JsonNode;

/** An {@link Answer} of a system that says everything as a JSON object, and why it refuses as its {@code code}. */
public record JsonAnswer(int status, JsonNode body) {
    public boolean refused() {
        return status >= 400;
    }

    public boolean refusedWith(String code) {
        return refused() && code().equals(code);
    }

    /** Status and code, for people. */
    public String words() {
        return status + " " + code();
    }

    private String code() {
        return body.path("code").asText("");
    }
}
