package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;

/** How Tryton names a record in its messages. */
final class Names {
    private Names() {}

    static String of(JsonNode record) {
        String number =
                record.path("number").isTextual() ? record.path("number").asText() : "";
        String reference = record.path("reference").isTextual()
                ? "[" + record.path("reference").asText() + "]"
                : "";
        String name = (number + " " + reference).trim();
        return name.isEmpty() ? "(" + record.path("id").asText() + ")" : name;
    }
}
