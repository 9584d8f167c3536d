package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A button works in certain states only; pressed in another it is refused, also when it was pressed before. */
final class Buttons {
    private final Tables tables;

    Buttons(Tables tables) {
        this.tables = tables;
    }

    /** All of these records, each in one of the states in which the button can be pressed. */
    List<ObjectNode> pressed(String model, String button, List<Long> ids, String... states) {
        List<ObjectNode> records = ids.stream().map(id -> tables.get(model, id)).toList();
        for (ObjectNode record : records) {
            if (!List.of(states).contains(record.path("state").asText())) {
                throw refusal(model, button, record);
            }
        }
        return records;
    }

    static TrytonError refusal(String model, String button, ObjectNode record) {
        return new TrytonError.UserError("You can not call \"" + button + "\" on \"" + Names.of(record) + "\" of \""
                + Schema.model(model).label() + "\".");
    }
}
