package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.language.Argument;
import graphql.language.Directive;
import graphql.language.StringValue;
import graphql.language.VariableReference;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.throughline.sandbox.core.Json;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the mutation root: each is one transaction, guarded by its idempotency key where it has one. A business
 * refusal rolls everything back and becomes the payload's user errors.
 */
final class MutationFields implements DataFetcher<@Nullable Object> {

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        Call call = NodeFetcher.call(environment);
        String name = environment.getField().getName();
        Mutation mutation = call.desk()
                .mutation(name)
                .orElseThrow(() -> new RequestRefused("NOT_PLAYED", "The sandbox does not play the mutation " + name));
        JsonNode arguments = Json.tree(environment.getArguments());
        call.spend(QueryCost.MUTATION);
        call.forget();
        try {
            return play(call.desk(), name, mutation, arguments, key(environment, name));
        } catch (UserErrors refused) {
            return refusal(name, refused);
        } catch (IllegalArgumentException malformedId) {
            throw new RequestRefused("RESOURCE_NOT_FOUND", String.valueOf(malformedId.getMessage()));
        }
    }

    private static ObjectNode play(
            ShopDesk desk, String name, Mutation mutation, JsonNode arguments, Optional<String> key) throws Exception {
        if (key.isPresent()) {
            String fingerprint = name + " " + arguments;
            return withoutErrors(
                    name, desk.idempotency().once(key.get(), fingerprint, () -> mutation.play(arguments, key.get())));
        }
        return withoutErrors(name, desk.store().documents().atomically(() -> mutation.play(arguments, "")));
    }

    private static Optional<String> key(DataFetchingEnvironment environment, String name) {
        if (!Idempotency.MANDATORY.contains(name)) {
            return Optional.empty();
        }
        Optional<Directive> directive =
                environment.getField().getDirectives("idempotent").stream().findFirst();
        if (directive.isEmpty()) {
            throw new RequestRefused(
                    "BAD_REQUEST", "The @idempotent directive is required for this mutation but was not provided.");
        }
        Argument argument = Objects.requireNonNull(directive.get().getArgument("key"));
        String key = switch (argument.getValue()) {
            case StringValue literal -> String.valueOf(literal.getValue());
            case VariableReference variable ->
                String.valueOf(environment.getVariables().get(variable.getName()));
            default -> "";
        };
        if (key.isBlank()) {
            throw new RequestRefused("BAD_REQUEST", "The idempotency key cannot be blank.");
        }
        return Optional.of(key);
    }

    private static ObjectNode withoutErrors(String name, ObjectNode receipt) {
        ObjectNode payload = receipt.deepCopy();
        payload.putArray(errorField(name));
        return payload;
    }

    private static ObjectNode refusal(String name, UserErrors refused) {
        ObjectNode payload = Json.object();
        ArrayNode errors = payload.putArray(errorField(name));
        for (UserErrors.UserError error : refused.errors()) {
            ObjectNode node = errors.addObject();
            error.code().ifPresent(code -> node.put("code", code));
            ArrayNode field = node.putArray("field");
            error.field().forEach(field::add);
            node.put("message", error.message());
        }
        return payload;
    }

    private static String errorField(String mutation) {
        return mutation.equals("orderCancel") ? "orderCancelUserErrors" : "userErrors";
    }
}
