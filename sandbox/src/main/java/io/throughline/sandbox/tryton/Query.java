package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Tryton's searches: conditions in list form, with paths over links, and fields that reach into what they point at. */
final class Query {
    private final Tables tables;
    private final Computed computed;

    Query(Tables tables, Computed computed) {
        this.tables = tables;
        this.computed = computed;
    }

    List<ObjectNode> search(String model, JsonNode domain, JsonNode order, JsonNode limit, JsonNode offset) {
        boolean onlyActive = Schema.model(model).knows("active") && !mentions(domain, "active");
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode row : tables.all(model)) {
            boolean hidden = onlyActive && !row.path("active").asBoolean(true);
            if (!hidden && matches(model, row, domain)) {
                found.add(row);
            }
        }
        if (order.isArray()) {
            sort(model, found, order);
        }
        int from = Math.min(offset.asInt(0), found.size());
        int to = limit.isNumber() ? Math.min(from + limit.intValue(), found.size()) : found.size();
        return found.subList(from, to);
    }

    ArrayNode read(String model, List<ObjectNode> rows, JsonNode fields) {
        ArrayNode result = Json.array();
        for (ObjectNode row : rows) {
            ObjectNode shown = Json.object();
            shown.set("id", row.path("id"));
            for (JsonNode field : fields) {
                show(model, row, field.asText(), shown);
            }
            result.add(shown);
        }
        return result;
    }

    private void show(String model, ObjectNode row, String path, ObjectNode shown) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            shown.set(path, value(model, row, path));
            return;
        }
        String field = path.substring(0, dot);
        JsonNode id = value(model, row, field);
        if (!id.isNumber()) {
            shown.set(field + ".", NullNode.getInstance());
            return;
        }
        String target = target(model, field);
        ObjectNode there = tables.get(target, id.longValue());
        ObjectNode nested = shown.path(field + ".") instanceof ObjectNode known ? known : Json.object();
        nested.set("id", there.path("id"));
        show(target, there, path.substring(dot + 1), nested);
        shown.set(field + ".", nested);
    }

    private boolean matches(String model, ObjectNode row, JsonNode domain) {
        if (isClause(domain)) {
            return clause(model, row, domain);
        }
        boolean any = domain.size() > 0 && domain.get(0).asText().equals("OR");
        boolean named = any || (domain.size() > 0 && domain.get(0).asText().equals("AND"));
        boolean result = !any;
        for (int i = named ? 1 : 0; i < domain.size(); i++) {
            boolean one = matches(model, row, domain.get(i));
            result = any ? result || one : result && one;
        }
        return result;
    }

    private static boolean isClause(JsonNode node) {
        return node.size() >= 3
                && node.get(0).isTextual()
                && node.get(1).isTextual()
                && !node.get(0).asText().equals("OR")
                && !node.get(0).asText().equals("AND");
    }

    private static boolean mentions(JsonNode domain, String field) {
        return isClause(domain)
                ? domain.get(0).asText().equals(field)
                : StreamSupport.stream(domain.spliterator(), false)
                        .anyMatch(part -> part.isArray() && mentions(part, field));
    }

    private boolean clause(String model, ObjectNode row, JsonNode clause) {
        Deque<String> targets = new ArrayDeque<>();
        for (int i = 3; i < clause.size(); i++) {
            targets.add(clause.get(i).asText());
        }
        List<JsonNode> values = values(model, row, clause.get(0).asText(), targets);
        JsonNode operand = clause.get(2);
        return switch (clause.get(1).asText()) {
            case "=" ->
                values.stream().anyMatch(value -> same(value, operand)) || (values.isEmpty() && operand.isNull());
            case "!=" -> values.stream().noneMatch(value -> same(value, operand));
            case "in" -> values.stream().anyMatch(value -> among(value, operand));
            case "not in" -> values.stream().noneMatch(value -> among(value, operand));
            case "like" -> values.stream().anyMatch(value -> like(value, operand));
            case "<" -> values.stream().anyMatch(value -> compare(value, operand) < 0);
            case "<=" -> values.stream().anyMatch(value -> compare(value, operand) <= 0);
            case ">" -> values.stream().anyMatch(value -> compare(value, operand) > 0);
            case ">=" -> values.stream().anyMatch(value -> compare(value, operand) >= 0);
            default -> throw new TrytonError.ServerFault("'" + clause.get(1).asText() + "'");
        };
    }

    /** All values at the end of a path; a reference field is followed only into the model that the clause names for it. */
    private List<JsonNode> values(String model, ObjectNode row, String path, Deque<String> targets) {
        int dot = path.indexOf('.');
        String field = dot < 0 ? path : path.substring(0, dot);
        Schema.Children children = Schema.model(model).children().get(field);
        if (children != null) {
            List<ObjectNode> rows = tables.children(
                    children.model(), children.inverse(), row.path("id").longValue());
            return rows.stream()
                    .flatMap(child -> dot < 0
                            ? List.of(child.path("id")).stream()
                            : values(children.model(), child, path.substring(dot + 1), new ArrayDeque<>(targets))
                                    .stream())
                    .toList();
        }
        JsonNode value = value(model, row, field);
        if (dot < 0) {
            return List.of(value);
        }
        if (value.isNumber()) {
            String target = target(model, field);
            return values(target, tables.get(target, value.longValue()), path.substring(dot + 1), targets);
        }
        return value.isTextual() ? followReference(value.asText(), path.substring(dot + 1), targets) : List.of();
    }

    private List<JsonNode> followReference(String reference, String path, Deque<String> targets) {
        String[] parts = reference.split(",", 2);
        String wanted = targets.poll();
        if (parts.length < 2 || wanted == null || !wanted.equals(parts[0])) {
            return List.of();
        }
        return tables.find(wanted, Long.parseLong(parts[1]))
                .map(there -> values(wanted, there, path, targets))
                .orElse(List.of());
    }

    private JsonNode value(String model, ObjectNode row, String field) {
        Schema.Model known = Schema.model(model);
        if (!known.knows(field)) {
            throw new TrytonError.ServerFault("'" + field + "'");
        }
        Schema.Children children = known.children().get(field);
        if (children != null) {
            ArrayNode ids = Json.array();
            tables.children(children.model(), children.inverse(), row.path("id").longValue())
                    .forEach(child -> ids.add(child.path("id")));
            return ids;
        }
        JsonNode value = computed.value(model, row, field);
        return value.isMissingNode() ? NullNode.getInstance() : value;
    }

    private static String target(String model, String field) {
        return Schema.model(model).target(field).orElseThrow(() -> new TrytonError.ServerFault("'" + field + "'"));
    }

    private void sort(String model, List<ObjectNode> rows, JsonNode order) {
        List<Comparator<ObjectNode>> keys = new ArrayList<>();
        for (JsonNode key : order) {
            String field = key.path(0).asText();
            Comparator<ObjectNode> next = (one, other) -> compare(value(model, one, field), value(model, other, field));
            keys.add(key.path(1).asText("ASC").startsWith("DESC") ? next.reversed() : next);
        }
        keys.stream().reduce(Comparator::thenComparing).ifPresent(rows::sort);
    }

    private static boolean same(JsonNode value, JsonNode operand) {
        return compare(value, operand) == 0;
    }

    private static boolean among(JsonNode value, JsonNode operands) {
        return StreamSupport.stream(operands.spliterator(), false).anyMatch(operand -> same(value, operand));
    }

    private static boolean like(JsonNode value, JsonNode operand) {
        String pattern = Pattern.quote(operand.asText()).replace("%", "\\E.*\\Q");
        return value.isTextual() && Pattern.matches(pattern, value.asText());
    }

    private static int compare(JsonNode one, JsonNode other) {
        return compare(Typed.plain(one), Typed.plain(other));
    }

    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Comparable<?> one, @Nullable Comparable<?> other) {
        if (one == null || other == null) {
            return Objects.equals(one, other) ? 0 : one == null ? -1 : 1;
        }
        if (!one.getClass().equals(other.getClass())) {
            return one.getClass().getName().compareTo(other.getClass().getName());
        }
        return ((Comparable<Object>) one).compareTo(other);
    }

    /** For the control API: a record as it stands, with what is computed. */
    ObjectNode whole(String model, ObjectNode row) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        row.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        ObjectNode shown = Json.object();
        sorted.forEach(shown::set);
        computed.names(model).forEach(field -> shown.set(field, computed.value(model, row, field)));
        return shown;
    }
}
