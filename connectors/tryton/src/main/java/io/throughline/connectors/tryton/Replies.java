package io.throughline.connectors.tryton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.util.Locale;

/** Reads what Tryton answered, and tells a result from a refusal, a warning and a failure. */
final class Replies {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Replies() {}

    static String write(JsonNode node) {
        return node.toString();
    }

    /**
     * REST: a refusal is 400 with JSON. 400 with HTML is any fault inside the server, for its JSON dispatcher hides it behind "Unable to
     * get RPC method".
     */
    static JsonNode ofRest(HttpCalls.Answer answer, Intent intent) {
        return switch (answer.status()) {
            case 200 -> parse(answer, intent);
            case 204 -> Values.array();
            case 400 -> {
                if (answer.json()) {
                    throw new TrytonRefusal(
                            parse(answer, intent).path("message").asText());
                }
                throw intent.failure(FailureCode.SYSTEM_ERROR, "Tryton failed: " + start(answer), null);
            }
            default -> throw ofStatus(answer, intent);
        };
    }

    /** JSON-RPC: a refusal is 200 with an error of class UserError. */
    static JsonNode ofRpc(HttpCalls.Answer answer, Intent intent) {
        if (answer.status() != 200) {
            throw ofStatus(answer, intent);
        }
        JsonNode reply = parse(answer, intent);
        JsonNode error = reply.path("error");
        if (error.isMissingNode()) {
            return reply.path("result");
        }
        JsonNode details = error.path(1);
        switch (error.path(0).asText()) {
            case "UserError" -> throw new TrytonRefusal(details.path(0).asText());
            case "UserWarning" ->
                throw new TrytonWarning(
                        details.path(0).asText(), details.path(1).asText());
            case "ConcurrencyException" ->
                throw SystemFailure.withoutEffect(
                        FailureCode.SYSTEM_ERROR, "Tryton: records were modified in the meanwhile", null);
            default ->
                throw intent.failure(
                        FailureCode.SYSTEM_ERROR,
                        "Tryton failed: " + start(error.path(0).asText()),
                        null);
        }
    }

    private static SystemFailure ofStatus(HttpCalls.Answer answer, Intent intent) {
        String message = "Tryton answered " + answer.status() + ": " + start(answer);
        return switch (answer.status()) {
            case 401, 403 -> SystemFailure.withoutEffect(FailureCode.CREDENTIAL_REFUSED, message, null);
            case 404, 405 -> SystemFailure.withoutEffect(FailureCode.SYSTEM_ERROR, message, null);
            default -> intent.failure(FailureCode.SYSTEM_ERROR, message, null);
        };
    }

    private static JsonNode parse(HttpCalls.Answer answer, Intent intent) {
        if (answer.json()) {
            try {
                JsonNode node = JSON.readTree(answer.text());
                if (!node.isMissingNode()) {
                    return node;
                }
            } catch (JsonProcessingException torn) {
                throw intent.failure(FailureCode.REPLY_UNREADABLE, "Tryton's reply is not JSON", torn);
            }
        }
        throw intent.failure(FailureCode.REPLY_UNREADABLE, "Tryton's reply is not JSON: " + start(answer), null);
    }

    /** The heading of an HTML page, else the first words: bodies can be 50 kB, and may quote what we sent. */
    private static String start(HttpCalls.Answer answer) {
        String text = answer.text();
        int heading = text.toLowerCase(Locale.ROOT).indexOf("<title>");
        if (heading >= 0) {
            int end = text.indexOf('<', heading + 7);
            return text.substring(heading + 7, end < 0 ? Math.min(text.length(), heading + 80) : end);
        }
        return start(text);
    }

    private static String start(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
