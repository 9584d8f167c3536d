package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Collection;

/** Search conditions in Tryton's list form; a path through a field that may point at several models ends with the model's name. */
final class Filter {
    private Filter() {}

    static ArrayNode where(String field, String operator, String value, String... models) {
        ArrayNode clause = Values.array().add(field).add(operator).add(value);
        for (String model : models) {
            clause.add(model);
        }
        return clause;
    }

    static ArrayNode where(String field, String operator, JsonNode value) {
        return Values.array().add(field).add(operator).add(value);
    }

    static ArrayNode is(String field, long id) {
        return Values.array().add(field).add("=").add(id);
    }

    static ArrayNode is(String field, boolean value) {
        return Values.array().add(field).add("=").add(value);
    }

    static ArrayNode isUnset(String field) {
        return Values.array().add(field).add("=").addNull();
    }

    static ArrayNode oneOf(String field, Collection<String> values, String... models) {
        ArrayNode clause = Values.array().add(field).add("in").add(Values.texts(values));
        for (String model : models) {
            clause.add(model);
        }
        return clause;
    }

    static ArrayNode oneOfIds(String field, Collection<Long> ids) {
        return Values.array().add(field).add("in").add(Values.ids(ids));
    }

    static ArrayNode all(ArrayNode... clauses) {
        ArrayNode domain = Values.array();
        for (ArrayNode clause : clauses) {
            domain.add(clause);
        }
        return domain;
    }

    static ArrayNode any(ArrayNode... clauses) {
        ArrayNode domain = Values.array().add("OR");
        for (ArrayNode clause : clauses) {
            domain.add(clause);
        }
        return domain;
    }
}
