package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.throughline.sandbox.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field from a view. A global id where an object is expected is followed; a list where a connection is expected is
 * paged; the points of what is read are counted.
 */
final class NodeFetcher implements DataFetcher<@Nullable Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        JsonNode source = Objects.requireNonNull(environment.<JsonNode>getSource());
        JsonNode value = ViewFields.read(environment, (ObjectNode) source);
        return convert(environment, value, environment.getFieldType());
    }

    static @Nullable Object convert(
            DataFetchingEnvironment environment, @Nullable JsonNode value, GraphQLOutputType declared) {
        GraphQLType type = GraphQLTypeUtil.unwrapNonNull(declared);
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (type instanceof GraphQLList list) {
            return list(environment, value, (GraphQLOutputType) list.getWrappedType());
        }
        if (GraphQLTypeUtil.isLeaf(type)) {
            return scalar(value);
        }
        return object(environment, value, (GraphQLNamedType) type);
    }

    private static List<@Nullable Object> list(
            DataFetchingEnvironment environment, JsonNode value, GraphQLOutputType element) {
        List<@Nullable Object> list = new ArrayList<>();
        int limit = environment.containsArgument("first")
                ? Objects.requireNonNullElse(environment.<Integer>getArgument("first"), Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
        for (JsonNode each : value) {
            if (list.size() < limit) {
                @Nullable Object converted = convert(environment, each, element);
                // What was removed since the links were gathered is not in the list any more.
                if (converted != null || !isLink(each)) {
                    list.add(converted);
                }
            }
        }
        return list;
    }

    private static @Nullable Object object(DataFetchingEnvironment environment, JsonNode value, GraphQLNamedType type) {
        Call call = call(environment);
        if (value instanceof ArrayNode elements && Pages.isConnection(type)) {
            ObjectNode page = Pages.page(elements, environment);
            call.spend(QueryCost.CONNECTION);
            return page;
        }
        call.spend(QueryCost.own(type));
        if (isLink(value)) {
            return call.view(value.asText()).orElse(null);
        }
        return value;
    }

    private static boolean isLink(JsonNode value) {
        return value.isTextual() && Gid.looksLike(value.asText());
    }

    private static Object scalar(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber()) {
            return value.canConvertToInt() ? (Object) value.intValue() : (Object) value.longValue();
        }
        if (value.isNumber()) {
            return value.decimalValue();
        }
        return value.isContainerNode() ? Json.mapper().convertValue(value, Object.class) : value.asText();
    }

    static Call call(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getGraphQlContext().<Call>get(Call.KEY));
    }
}
