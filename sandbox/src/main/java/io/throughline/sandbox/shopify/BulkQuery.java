package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import io.throughline.sandbox.core.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The query of a bulk operation: valid by the schema, and a connection of variants without others in it, which is all that is played. */
final class BulkQuery {

    private static final String CONNECTION = "productVariants";

    private final SelectionSet wanted;

    private BulkQuery(SelectionSet wanted) {
        this.wanted = wanted;
    }

    static BulkQuery of(String text) {
        ParseAndValidateResult parsed = ParseAndValidate.parseAndValidate(
                AdminSchema.schema(), ExecutionInput.newExecutionInput(text).build());
        if (parsed.isFailure()) {
            throw invalid("Invalid bulk query: "
                    + parsed.getErrors().stream().map(GraphQLError::getMessage).collect(Collectors.joining("; ")));
        }
        List<OperationDefinition> operations =
                Objects.requireNonNull(parsed.getDocument()).getDefinitionsOfType(OperationDefinition.class);
        if (operations.size() != 1) {
            throw invalid("Bulk queries must contain exactly one operation.");
        }
        List<Field> roots = operations.getFirst().getSelectionSet().getSelectionsOfType(Field.class);
        Optional<SelectionSet> node = only(operations.getFirst().getSelectionSet(), CONNECTION)
                .flatMap(connection -> only(connection, "edges"))
                .flatMap(edges -> only(edges, "node"));
        if (node.isEmpty()) {
            throw roots.stream().anyMatch(root -> root.getName().equals(CONNECTION))
                    ? invalid("Bulk queries must contain at least one connection.")
                    : new RequestRefused("NOT_PLAYED", "The sandbox plays bulk queries of " + CONNECTION + " only");
        }
        return new BulkQuery(node.get());
    }

    private static Optional<SelectionSet> only(SelectionSet selections, String name) {
        return selections.getSelectionsOfType(Field.class).stream()
                .filter(field -> field.getName().equals(name))
                .map(Field::getSelectionSet)
                .findFirst();
    }

    private static UserErrors invalid(String message) {
        return UserErrors.coded("INVALID", message, "query");
    }

    /** What was asked for of one variant; {@code nodes} gives what a global id stands for. */
    ObjectNode line(ObjectNode variant, Function<String, JsonNode> nodes) {
        return (ObjectNode) select(variant, wanted, nodes);
    }

    private static JsonNode select(JsonNode view, SelectionSet wanted, Function<String, JsonNode> nodes) {
        JsonNode whole = view.isTextual() ? nodes.apply(view.asText()) : view;
        ObjectNode some = Json.object();
        for (Field field : wanted.getSelectionsOfType(Field.class)) {
            JsonNode value = whole.path(field.getName());
            SelectionSet inner = field.getSelectionSet();
            if (value.isMissingNode() || value.isNull()) {
                some.putNull(field.getName());
            } else {
                some.set(field.getName(), inner == null ? value : select(value, inner, nodes));
            }
        }
        return some;
    }
}
