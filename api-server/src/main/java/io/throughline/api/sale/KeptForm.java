package io.throughline.api.sale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.api.http.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What is kept of a sale that can't be booked: the names that a sale may have, and nothing else that a till may have put beside them, such as who has
 * bought. What no text may have is a question mark.
 */
final class KeptForm {
    private static final int LONGEST_TEXT = 200;
    private static final Set<String> NAMES = Set.of(
            "saleId",
            "version",
            "register",
            "soldAt",
            "currency",
            "taxesIncluded",
            "lines",
            "sku",
            "quantity",
            "unitPrice",
            "discount",
            "total",
            "taxes",
            "title",
            "rate",
            "amount",
            "charges",
            "kind",
            "tenders");

    private KeptForm() {}

    static String of(JsonNode told) {
        return new String(StrictJson.canonical(kept(told)), StandardCharsets.UTF_8);
    }

    private static JsonNode kept(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                ObjectNode kept = JsonNodeFactory.instance.objectNode();
                node.properties().stream()
                        .filter(field -> NAMES.contains(field.getKey()))
                        .forEach(field -> kept.set(field.getKey(), kept(field.getValue())));
                yield kept;
            }
            case ARRAY -> {
                ArrayNode kept = JsonNodeFactory.instance.arrayNode();
                node.forEach(element -> kept.add(kept(element)));
                yield kept;
            }
            case STRING -> TextNode.valueOf(clean(node.textValue()));
            default -> node;
        };
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_TEXT)
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE ? '?' : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
