package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/**
 * Tryton's REST API with a user's application key: searches and creations. Both are posted as actions of the model, since a search by
 * GET has no room for many references and a plain POST makes one record only.
 */
final class RestApi {
    private final HttpCalls calls;
    private final String authorization;

    RestApi(HttpCalls calls, String applicationKey) {
        this.calls = calls;
        authorization = "Bearer " + applicationKey;
    }

    List<JsonNode> search(String model, ArrayNode domain, String... fields) {
        return search(model, OptionalLong.empty(), domain, fields);
    }

    List<JsonNode> search(String model, OptionalLong company, ArrayNode domain, String... fields) {
        return read(model, company, search(domain, "ASC", fields));
    }

    /** The first of what is found, by id. */
    List<JsonNode> page(String model, OptionalLong company, int atMost, ArrayNode domain, String... fields) {
        return read(model, company, search(domain, "ASC", fields).put("limit", atMost));
    }

    /** The same, in a context beside the language: computed fields tell what it asks for. */
    List<JsonNode> page(String model, int atMost, ArrayNode domain, ObjectNode context, String... fields) {
        return rows(
                act(model, "search_read", context, search(domain, "ASC", fields).put("limit", atMost), Intent.READ));
    }

    /** The one with the greatest id. */
    List<JsonNode> last(String model, OptionalLong company, ArrayNode domain, String... fields) {
        return read(model, company, search(domain, "DESC", fields).put("limit", 1));
    }

    private static ObjectNode search(ArrayNode domain, String order, String... fields) {
        ObjectNode arguments = Values.object();
        arguments.set("domain", domain);
        arguments.set("fields_names", Values.texts(List.of(fields)));
        arguments.set("order", Values.array().add(Values.array().add("id").add(order)));
        return arguments;
    }

    private List<JsonNode> read(String model, OptionalLong company, ObjectNode search) {
        return rows(act(model, "search_read", contextOf(company), search, Intent.READ));
    }

    private static List<JsonNode> rows(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    private static ObjectNode contextOf(OptionalLong company) {
        ObjectNode context = Values.object();
        company.ifPresent(id -> context.put("company", id));
        return context;
    }

    /** Makes all of them or none; the ids come in the order of the records. */
    List<Long> create(String model, long company, List<ObjectNode> records) {
        ObjectNode arguments = Values.object();
        arguments.set("vlist", Values.array().addAll(records));
        return Values.idList(act(model, "create", contextOf(OptionalLong.of(company)), arguments, Intent.CHANGE));
    }

    private JsonNode act(String model, String action, ObjectNode asked, ObjectNode arguments, Intent intent) {
        ObjectNode context = asked.deepCopy().put("language", "en");
        String header =
                Base64.getUrlEncoder().encodeToString(Replies.write(context).getBytes(StandardCharsets.UTF_8));
        HttpCalls.Answer answer = calls.post(
                "rest/model/" + model + "/" + action,
                Replies.write(arguments),
                intent,
                "Authorization",
                authorization,
                "X-Tryton-Context",
                header);
        return Replies.ofRest(answer, intent);
    }
}
