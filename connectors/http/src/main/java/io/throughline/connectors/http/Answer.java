package io.throughline.connectors.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.net.http.HttpHeaders;

/** What a system has answered, which is neither a failure nor a limit: 2xx, or a plain refusal (4xx). */
public final class Answer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String system;
    private final boolean changes;
    private final int status;
    private final HttpHeaders headers;
    private final String text;

    Answer(String system, boolean changes, int status, HttpHeaders headers, String text) {
        this.system = system;
        this.changes = changes;
        this.status = status;
        this.headers = headers;
        this.text = text;
    }

    public int status() {
        return status;
    }

    public boolean refused() {
        return status >= 400;
    }

    public String text() {
        return text;
    }

    /** Nothing where there is no such header. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The object that the text is. Fails with REPLY_UNREADABLE where it is none. */
    public JsonNode json() {
        try {
            JsonNode root = JSON.readTree(text);
            if (root != null && root.isObject()) {
                return root;
            }
            throw SystemFailure.of(FailureCode.REPLY_UNREADABLE, system + " answered without JSON", changes, null);
        } catch (JsonProcessingException unreadable) {
            throw SystemFailure.of(
                    FailureCode.REPLY_UNREADABLE,
                    system + " answered with something else than JSON",
                    changes,
                    unreadable);
        }
    }
}
