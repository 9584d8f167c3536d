package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.MalformedBody;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The REST protocol: {@code GET model}, {@code POST model}, {@code GET|PUT model/id}, {@code POST model/action} and
 * {@code POST model/id/action}. What the server's own code stumbles over comes back as a 400 page.
 */
final class Rest {
    private static final int MODEL = 3;

    private final Methods methods;
    private final Tables tables;

    Rest(Methods methods, Tables tables) {
        this.methods = methods;
        this.tables = tables;
    }

    Response answer(Request request, String[] path) throws Exception {
        try {
            JsonNode result = tables.inTransaction(() -> route(request, path));
            return result.isNull() ? Response.empty(204) : Response.json(200, result);
        } catch (TrytonError.UserError | TrytonError.UserWarning refused) {
            return TrytonStandIn.refusal(refused);
        } catch (TrytonError.Forbidden forbidden) {
            return Pages.of(403);
        } catch (TrytonError.ServerFault | MalformedBody fault) {
            return Pages.of(400);
        }
    }

    private JsonNode route(Request request, String[] path) {
        String model = path[MODEL];
        Optional<Long> id = path.length > MODEL + 1 ? number(path[MODEL + 1]) : Optional.empty();
        return switch (path.length - MODEL) {
            case 1 -> request.method().equals("GET") ? search(model, request) : create(model, request);
            case 2 ->
                id.isPresent()
                        ? ofRecord(model, id.get(), request)
                        : methods.act(model, path[MODEL + 1], body(request), context(request));
            default -> press(model, id.orElseThrow(TrytonError.Forbidden::new), path[MODEL + 2], request);
        };
    }

    private JsonNode search(String model, Request request) {
        JsonNode domain = parameter(request, "d").orElseGet(Json::array);
        JsonNode order = parameter(request, "o").orElseGet(MissingNode::getInstance);
        ArrayNode found = (ArrayNode)
                methods.searchRead(model, domain, number(request, "p"), number(request, "s"), order, fields(request));
        found.forEach(row -> dropDots((ObjectNode) row));
        return found;
    }

    private JsonNode create(String model, Request request) {
        return shown(model, methods.create(model, body(request)), request);
    }

    private JsonNode ofRecord(String model, long id, Request request) {
        if (request.method().equals("PUT")) {
            methods.write(model, id, body(request));
        }
        return shown(model, methods.record(model, id), request);
    }

    private JsonNode press(String model, long id, String action, Request request) {
        methods.press(model, action, List.of(id), NullNode.getInstance());
        return shown(model, methods.record(model, id), request);
    }

    private JsonNode shown(String model, ObjectNode record, Request request) {
        ObjectNode shown =
                (ObjectNode) methods.one(model, record, fields(request)).get(0);
        dropDots(shown);
        return shown;
    }

    private static ArrayNode fields(Request request) {
        ArrayNode fields = Json.array();
        request.parameter("f").ifPresent(list -> Arrays.stream(list.split(",")).forEach(fields::add));
        return fields;
    }

    private static void dropDots(ObjectNode row) {
        for (String field :
                row.properties().stream().map(java.util.Map.Entry::getKey).toList()) {
            if (field.endsWith(".")) {
                row.set(field.substring(0, field.length() - 1), row.remove(field));
            }
        }
    }

    private static JsonNode body(Request request) {
        return request.body().length == 0 ? Json.object() : request.json();
    }

    private static Optional<JsonNode> parameter(Request request, String name) {
        return request.parameter(name).map(Rest::decoded);
    }

    private static JsonNode context(Request request) {
        return request.header("x-tryton-context").map(Rest::decoded).orElseGet(Json::object);
    }

    private static JsonNode decoded(String text) {
        return Json.parse(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    }

    private static JsonNode number(Request request, String name) {
        return request.parameter(name)
                .flatMap(Rest::number)
                .<JsonNode>map(value -> Json.array().numberNode(value))
                .orElse(MissingNode.getInstance());
    }

    private static Optional<Long> number(String text) {
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty() && text.length() < 18
                ? Optional.of(Long.parseLong(text))
                : Optional.empty();
    }
}
