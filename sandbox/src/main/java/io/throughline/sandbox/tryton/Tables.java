package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Records by model and id, kept in memory beside the sandbox's store. Everything that is done in {@link #inTransaction} is done, or
 * forgotten with its exception.
 */
final class Tables {
    private static final String PREFIX = "tryton.";

    private final Documents documents;
    private final Map<String, SortedMap<Long, ObjectNode>> tables = new HashMap<>();

    Tables(Documents documents) {
        this.documents = documents;
    }

    <T> T inTransaction(Callable<T> work) throws Exception {
        return documents.atomically(() -> {
            try {
                return work.call();
            } catch (Exception | Error failure) {
                tables.clear();
                throw failure;
            }
        });
    }

    /** Forgets what is in memory: the store was emptied under it. */
    void forget() {
        tables.clear();
    }

    Collection<ObjectNode> all(String model) {
        return List.copyOf(table(model).values());
    }

    Optional<ObjectNode> find(String model, long id) {
        return Optional.ofNullable(table(model).get(id));
    }

    ObjectNode get(String model, long id) {
        return find(model, id)
                .orElseThrow(() -> new TrytonError.UserError("You are trying to read records \"" + id + "\" of \""
                        + Schema.model(model).label() + "\" that don't exist."));
    }

    /** The record that a link of this one points at. */
    ObjectNode linked(String model, JsonNode record, String field) {
        String target = Schema.model(model).target(field).orElseThrow();
        return get(target, record.path(field).longValue());
    }

    List<ObjectNode> children(String model, String inverse, long owner) {
        return table(model).values().stream()
                .filter(row -> row.path(inverse).longValue() == owner)
                .toList();
    }

    ObjectNode insert(String model, ObjectNode record) {
        long id = next("id." + model);
        record.put("id", id);
        table(model).put(id, record);
        documents.put(PREFIX + model, Long.toString(id), record);
        return record;
    }

    void save(String model, ObjectNode record) {
        long id = record.path("id").longValue();
        table(model).put(id, record);
        documents.put(PREFIX + model, Long.toString(id), record);
    }

    void remove(String model, long id) {
        table(model).remove(id);
        documents.remove(PREFIX + model, Long.toString(id));
    }

    long next(String sequence) {
        return documents.next(PREFIX + sequence);
    }

    private SortedMap<Long, ObjectNode> table(String model) {
        return tables.computeIfAbsent(Schema.model(model).name(), name -> {
            SortedMap<Long, ObjectNode> rows = new TreeMap<>();
            for (JsonNode row : documents.list(PREFIX + name)) {
                rows.put(row.path("id").longValue(), (ObjectNode) Json.tree(row));
            }
            return rows;
        });
    }
}
