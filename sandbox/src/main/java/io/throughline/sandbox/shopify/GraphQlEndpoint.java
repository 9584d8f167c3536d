package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.execution.CoercedVariables;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLSchema;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.MalformedBody;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GraphQL calls: valid by the schema, within the limit of one query, paid from the bucket, then executed. */
final class GraphQlEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(GraphQlEndpoint.class);

    private final GraphQLSchema schema = AdminSchema.schema();
    private final Map<String, ParseAndValidateResult> parsed = new ConcurrentHashMap<>();
    private final GraphQL engine = GraphQL.newGraphQL(schema)
            .defaultDataFetcherExceptionHandler(new Refusals())
            .preparsedDocumentProvider((input, parse) ->
                    CompletableFuture.completedFuture(new PreparsedDocumentEntry(document(parse(input.getQuery())))))
            .build();

    Response answer(ShopDesk desk, Request request) {
        JsonNode call;
        try {
            call = request.json();
        } catch (MalformedBody malformed) {
            return Response.json(400, Json.object().put("errors", "Bad Request"));
        }
        if (!call.path("query").isTextual()) {
            ObjectNode body = Json.object();
            body.putObject("errors").put("query", "Required parameter missing or invalid");
            return Response.json(400, body);
        }
        return Response.json(200, answer(desk, call)).withHeader("X-Shopify-API-Version", Notifier.API_VERSION);
    }

    private ObjectNode answer(ShopDesk desk, JsonNode call) {
        String query = call.path("query").asText();
        ParseAndValidateResult result = parse(query);
        if (result.isFailure()) {
            return errors(result.getErrors());
        }
        @Nullable String name = call.path("operationName").textValue();
        Map<String, Object> variables = variables(call.path("variables"));
        Document document = document(result);
        Optional<OperationDefinition> operation = operation(document, name);
        if (operation.isEmpty()) {
            return error("An operation name is required", "BAD_REQUEST");
        }
        int requested;
        try {
            CoercedVariables coerced = ValuesResolver.coerceVariableValues(
                    schema,
                    operation.get().getVariableDefinitions(),
                    RawVariables.of(variables),
                    GraphQLContext.getDefault(),
                    Locale.ROOT);
            requested = QueryCost.requested(schema, document, name, coerced);
        } catch (GraphQLException wrongVariable) {
            return error(String.valueOf(wrongVariable.getMessage()), "INVALID_VARIABLE");
        }
        return paid(
                desk,
                ExecutionInput.newExecutionInput(query).operationName(name).variables(variables),
                requested);
    }

    private ObjectNode paid(ShopDesk desk, ExecutionInput.Builder input, int requested) {
        if (requested > QueryCost.SINGLE_QUERY_LIMIT) {
            ObjectNode refused = error(
                    "Query cost is " + requested + ", which exceeds the single query max cost limit ("
                            + QueryCost.SINGLE_QUERY_LIMIT + ").",
                    "MAX_COST_EXCEEDED");
            ((ObjectNode) refused.path("errors").path(0).path("extensions"))
                    .put("cost", requested)
                    .put("maxCost", QueryCost.SINGLE_QUERY_LIMIT);
            return withCost(desk, refused, requested, null);
        }
        if (!desk.bucket().take(requested)) {
            ObjectNode refused = error("Throttled", "THROTTLED");
            return withCost(desk, refused, requested, null);
        }
        Call call = new Call(desk);
        ExecutionResult result =
                engine.execute(input.graphQLContext(Map.of(Call.KEY, call)).build());
        int actual = Math.min(requested, call.spent());
        desk.bucket().giveBack(requested - actual);
        return withCost(desk, (ObjectNode) Json.tree(result.toSpecification()), requested, actual);
    }

    private static ObjectNode withCost(ShopDesk desk, ObjectNode answer, int requested, @Nullable Integer actual) {
        ObjectNode cost = answer.withObject("/extensions").putObject("cost");
        cost.put("requestedQueryCost", requested);
        if (actual == null) {
            cost.putNull("actualQueryCost");
        } else {
            cost.put("actualQueryCost", actual);
        }
        cost.set("throttleStatus", desk.bucket().status());
        return answer;
    }

    /** The name of what is called first, by which faults are aimed: {@code orderCapture}, {@code order}. */
    String rootField(JsonNode call) {
        ParseAndValidateResult result = parse(call.path("query").asText());
        if (result.getDocument() == null) {
            return "graphql";
        }
        return operation(result.getDocument(), call.path("operationName").textValue())
                .flatMap(operation -> operation.getSelectionSet().getSelections().stream()
                        .filter(Field.class::isInstance)
                        .map(field -> ((Field) field).getName())
                        .findFirst())
                .orElse("graphql");
    }

    private static Document document(ParseAndValidateResult result) {
        return Objects.requireNonNull(result.getDocument());
    }

    private ParseAndValidateResult parse(String query) {
        return parsed.computeIfAbsent(
                query,
                text -> ParseAndValidate.parseAndValidate(
                        schema, ExecutionInput.newExecutionInput(text).build()));
    }

    private static Optional<OperationDefinition> operation(Document document, @Nullable String name) {
        List<OperationDefinition> operations = document.getDefinitionsOfType(OperationDefinition.class);
        return operations.stream()
                .filter(operation -> name == null ? operations.size() == 1 : name.equals(operation.getName()))
                .findFirst();
    }

    @SuppressWarnings("unchecked") // a JSON object becomes a map by text
    private static Map<String, Object> variables(JsonNode variables) {
        return variables.isObject() ? Json.mapper().convertValue(variables, Map.class) : Map.of();
    }

    private static ObjectNode errors(List<GraphQLError> errors) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("errors");
        for (GraphQLError error : errors) {
            ObjectNode node = (ObjectNode) Json.tree(error.toSpecification());
            node.putObject("extensions").put("code", "GRAPHQL_VALIDATION_FAILED");
            list.add(node);
        }
        return answer;
    }

    private static ObjectNode error(String message, String code) {
        ObjectNode answer = Json.object();
        ObjectNode error = answer.putArray("errors").addObject();
        error.put("message", message);
        error.putObject("extensions")
                .put("code", code)
                .put("documentation", "https://shopify.dev/api/usage/rate-limits");
        return answer;
    }

    private static final class Refusals implements DataFetcherExceptionHandler {

        @Override
        public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
                DataFetcherExceptionHandlerParameters parameters) {
            GraphQLError error = parameters.getException() instanceof RequestRefused refused
                    ? GraphQLError.newError()
                            .message("%s", refused.getMessage())
                            .path(parameters.getPath())
                            .location(parameters.getSourceLocation())
                            .extensions(refused.getExtensions())
                            .build()
                    : internal(parameters);
            return CompletableFuture.completedFuture(
                    DataFetcherExceptionHandlerResult.newResult(error).build());
        }

        private static GraphQLError internal(DataFetcherExceptionHandlerParameters parameters) {
            LOG.error("{} could not be played", parameters.getPath(), parameters.getException());
            return GraphQLError.newError()
                    .message("Internal error. Looks like something went wrong on our end.")
                    .path(parameters.getPath())
                    .extensions(Map.of("code", "INTERNAL_SERVER_ERROR"))
                    .build();
        }
    }
}
