package io.throughline.api.intervention;

import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.AmendmentKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an amendment of one kind must be like, as a JSON Schema. It says no more and no less than what is refused by its form. */
public final class AmendmentSchema {
    private AmendmentSchema() {}

    public static Map<String, Object> of(AmendmentKind kind) {
        Map<String, Object> fields = new LinkedHashMap<>();
        kind.fields().forEach(field -> fields.put(field.key(), of(field)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", kind.title());
        schema.put("type", "object");
        schema.put("minProperties", 1);
        schema.put("properties", fields);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> of(Amendable field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("description", field.rule());
        if (field.form().values().isEmpty()) {
            schema.put("maxLength", field.form().longest());
            schema.put("pattern", "^(?:" + field.form().pattern() + ")$");
        } else {
            schema.put("enum", field.form().values());
        }
        return schema;
    }
}
