package io.throughline.connectors.shopify.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a GraphQL answer carries round its data: the second layer of Shopify's errors, and the cost. */
record Envelope(Optional<JsonNode> data, List<TopLevelError> errors, Optional<CostBucket.Cost> cost) {
    private static final Duration UNTOLD_WAIT = Duration.ofSeconds(1);

    static Envelope read(byte[] body) throws IOException {
        JsonNode root = Json.mapper().readTree(body);
        if (root == null || !root.isObject() || !(root.has("data") || root.has("errors"))) {
            throw new IOException("not a GraphQL answer");
        }
        JsonNode cost = root.path("extensions").path("cost");
        return new Envelope(
                Optional.of(root.path("data")).filter(JsonNode::isObject),
                errors(root.path("errors")),
                cost.path("throttleStatus").isObject()
                        ? Optional.of(Json.mapper().treeToValue(cost, CostBucket.Cost.class))
                        : Optional.empty());
    }

    /** Some errors come as one plain text. */
    private static List<TopLevelError> errors(JsonNode errors) {
        if (errors.isTextual()) {
            return List.of(new TopLevelError("", errors.asText()));
        }
        return errors.valueStream()
                .map(error -> new TopLevelError(
                        error.path("extensions").path("code").asText(""),
                        error.path("message").asText("")))
                .toList();
    }

    /** Data beside errors is not trusted: a mutation of which one field failed may have been carried out. */
    void requireNoErrors(Operation operation) {
        if (!errors.isEmpty()) {
            throw failure(operation);
        }
    }

    private SystemFailure failure(Operation operation) {
        String words = operation.file() + ": "
                + errors.stream().map(TopLevelError::toString).distinct().collect(Collectors.joining("; "));
        if (has("THROTTLED")) {
            return SystemFailure.rateLimited(
                    words, cost.map(CostBucket.Cost::untilAffordable).orElse(UNTOLD_WAIT));
        }
        if (has("ACCESS_DENIED")) {
            return SystemFailure.of(
                    FailureCode.CREDENTIAL_REFUSED, words, operation.changes() && data.isPresent(), null);
        }
        if (has("MAX_COST_EXCEEDED") || (data.isEmpty() && errors.stream().allMatch(TopLevelError::isOurFault))) {
            return SystemFailure.withoutEffect(FailureCode.INTERNAL_ERROR, words, null);
        }
        return SystemFailure.of(FailureCode.SYSTEM_ERROR, words, operation.changes(), null);
    }

    private boolean has(String code) {
        return errors.stream().anyMatch(error -> error.code().equals(code));
    }

    /** One error; its code is empty where Shopify gives none. */
    record TopLevelError(String code, String message) {
        private static final int LONGEST = 200;

        /** The request itself was wrong, so nothing was carried out. */
        boolean isOurFault() {
            return switch (code) {
                case "BAD_REQUEST",
                        "GRAPHQL_PARSE_FAILED",
                        "GRAPHQL_VALIDATION_FAILED",
                        "undefinedField",
                        "argumentNotAccepted",
                        "INVALID_VARIABLE",
                        "missingRequiredArguments" -> true;
                default -> false;
            };
        }

        @Override
        public String toString() {
            String short_ = message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
            return code.isEmpty() ? short_ : code + " " + short_;
        }
    }
}
