package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.List;
import java.util.function.Function;

/** Cuts a list into pages: a cursor is the position where the next page begins. */
record Page(int start, int limit) {

    static Page of(JsonNode cursor, JsonNode limit, int usual, int most) {
        return of(cursor.asText(""), limit.asInt(usual), most);
    }

    static Page of(String cursor, int limit, int most) {
        if (limit < 1 || limit > most) {
            throw SquareError.invalid("VALUE_TOO_HIGH", "limit must be 1 to " + most + ".", "limit");
        }
        try {
            return new Page(cursor.isEmpty() ? 0 : Integer.parseInt(cursor), limit);
        } catch (NumberFormatException forged) {
            throw SquareError.invalid("INVALID_CURSOR", "The cursor is not valid.", "cursor");
        }
    }

    /** Puts this page of the values under a name and, where more follow, the cursor beside it. */
    ObjectNode write(String name, List<JsonNode> values, Function<JsonNode, JsonNode> shape) {
        ObjectNode body = Json.object();
        ArrayNode array = body.putArray(name);
        int end = Math.min(values.size(), start + limit);
        for (int index = Math.min(start, end); index < end; index++) {
            array.add(shape.apply(values.get(index)));
        }
        if (end < values.size()) {
            body.put("cursor", Integer.toString(end));
        }
        return body;
    }
}
