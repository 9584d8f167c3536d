package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes, changes and deletes records with the checks that hold for all of them; what a model adds to that is in {@link Defaults}. */
final class Records {
    private static final int PRICE_DIGITS = 4;

    private final Tables tables;
    private final Defaults defaults;

    Records(Tables tables, Defaults defaults) {
        this.tables = tables;
        this.defaults = defaults;
    }

    ArrayNode create(String model, JsonNode records) {
        ArrayNode ids = Json.array();
        for (JsonNode values : records) {
            ids.add(create(model, (ObjectNode) values.deepCopy()).path("id").longValue());
        }
        return ids;
    }

    ObjectNode create(String model, ObjectNode values) {
        Schema.Model known = Schema.model(model);
        ObjectNode children = Json.object();
        for (String field : known.children().keySet()) {
            if (values.has(field)) {
                children.set(field, values.remove(field));
            }
        }
        checkFields(known, values);
        defaults.fill(model, values);
        checkRequired(known, values);
        ObjectNode record = tables.insert(model, values);
        children.properties().forEach(field -> createChildren(known, record, field));
        defaults.check(model, record);
        return record;
    }

    void write(String model, List<Long> ids, JsonNode values) {
        for (Long id : ids) {
            ObjectNode record = tables.get(model, id);
            checkFields(Schema.model(model), (ObjectNode) values);
            record.setAll((ObjectNode) values);
            tables.save(model, record);
        }
    }

    void delete(String model, List<Long> ids) {
        Map<String, Schema.Children> children = Schema.model(model).children();
        for (Long id : ids) {
            defaults.checkDeletion(model, tables.get(model, id));
            for (Schema.Children kind : children.values()) {
                tables.children(kind.model(), kind.inverse(), id)
                        .forEach(child ->
                                tables.remove(kind.model(), child.path("id").longValue()));
            }
            tables.remove(model, id);
        }
    }

    private void createChildren(Schema.Model known, ObjectNode owner, Map.Entry<String, JsonNode> field) {
        Schema.Children kind = known.children().get(field.getKey());
        for (JsonNode command : field.getValue()) {
            if (kind == null || !command.path(0).asText().equals("create")) {
                throw new TrytonError.ServerFault("'" + command.path(0).asText() + "'");
            }
            for (JsonNode values : command.path(1)) {
                ObjectNode child = values.deepCopy();
                child.set(kind.inverse(), owner.path("id"));
                create(kind.model(), child);
            }
        }
    }

    private void checkFields(Schema.Model known, ObjectNode values) {
        for (Map.Entry<String, JsonNode> field : Set.copyOf(values.properties())) {
            if (!known.knows(field.getKey())) {
                throw new TrytonError.ServerFault("'" + field.getKey() + "'");
            }
            known.target(field.getKey()).ifPresent(target -> checkLink(known, field, target));
            if (field.getKey().equals("unit_price")) {
                checkPrice(known, field.getValue());
            }
        }
    }

    private void checkLink(Schema.Model known, Map.Entry<String, JsonNode> field, String target) {
        JsonNode id = field.getValue();
        if (!id.isNull() && tables.find(target, id.longValue()).isEmpty()) {
            throw new TrytonError.UserError("The value \"" + id.asText() + "\" for field \"" + label(field.getKey())
                    + "\" in \"" + known.label() + "\" does not exist.");
        }
    }

    private static void checkPrice(Schema.Model known, JsonNode price) {
        if (Typed.decimalOf(price).stripTrailingZeros().scale() > PRICE_DIGITS) {
            throw new TrytonError.UserError("The number of digits in the value \"'"
                    + price.path("decimal").asText()
                    + "'\" for field \"Unit Price\" in record \"\" of \"" + known.label()
                    + "\" exceeds the limit of \"(None, 4)\".");
        }
    }

    private static void checkRequired(Schema.Model known, ObjectNode values) {
        known.required().forEach((field, label) -> {
            if (values.path(field).isMissingNode() || values.path(field).isNull()) {
                throw new TrytonError.UserError(
                        "A value is required for field \"" + label + "\" in \"" + known.label() + "\".");
            }
        });
    }

    private static String label(String field) {
        StringBuilder label = new StringBuilder();
        for (String word : field.split("_", -1)) {
            label.append(label.isEmpty() ? "" : " ")
                    .append(Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        return label.toString();
    }
}
