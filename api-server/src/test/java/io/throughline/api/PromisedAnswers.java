package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.OpenApi31;
import io.throughline.api.problem.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answers that the OpenAPI document promises: an operation's status is one of those that it names, media type and body are those of
 * the status, and a body has nothing that its schema does not name. What is no operation is answered with a problem.
 */
final class PromisedAnswers {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LOCATION = "https://api.northwind.example/openapi.json";
    private static final String NO_OPERATION = "/components/responses/NoOperation";

    /** Pages that are not part of the API. */
    private static final Set<String> NOT_DESCRIBED = Set.of("/", "/openapi.json");

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Map<String, Schema> known = new ConcurrentHashMap<>();

    PromisedAnswers(String served) {
        document = JSON.readTree(served);
        close(document);
        addProblemOfNoOperation((ObjectNode) document.path("components"));
        schemas = SchemaRegistry.withDialect(
                OpenApi31.getInstance(),
                builder -> builder.schemas(Map.of(LOCATION, document.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** A client ignores what it does not know; here it would be something that the document leaves out. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode schema
                && schema.path("properties").isObject()
                && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
        node.forEach(PromisedAnswers::close);
    }

    private static void addProblemOfNoOperation(ObjectNode components) {
        components
                .putObject("responses")
                .putObject("NoOperation")
                .putObject("content")
                .putObject(Problem.MEDIA_TYPE)
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
    }

    /** Fails unless the document promises this answer. */
    void check(String method, String path, int status, String contentType, String body) {
        if (NOT_DESCRIBED.contains(path)) {
            return;
        }
        String answer = method + " " + path + " answered " + status + " " + contentType + " " + body;
        String response = operation(method, path)
                .map(operation -> operation + "/responses/" + status)
                .orElse(NO_OPERATION);
        assertThat(document.at(response).isMissingNode())
                .as("%s, which is none of its statuses", answer)
                .isFalse();
        JsonNode content = document.at(response).path("content");
        if (content.isMissingNode()) {
            assertThat(body).as("%s, and should have no body", answer).isEmpty();
            return;
        }
        String mediaType = contentType.replaceAll(" *;.*", "");
        assertThat(content.propertyNames()).as(answer).contains(mediaType);
        if (!method.equals("HEAD")) {
            assertThat(errors(response + "/content/" + escaped(mediaType) + "/schema", body))
                    .as(answer)
                    .isEmpty();
        }
    }

    /** Where the document describes it; what answers GET answers HEAD. */
    private Optional<String> operation(String method, String path) {
        String verb = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return template(path)
                .filter(template -> document.path("paths").path(template).has(verb))
                .map(template -> "/paths/" + escaped(template) + "/" + verb);
    }

    /** The path of the document that fits, and of several the one with the fewest parameters. */
    private Optional<String> template(String path) {
        return document.path("paths").propertyNames().stream()
                .filter(template -> Pattern.matches(template.replaceAll("\\{[^}]+}", "[^/]+"), path))
                .min(Comparator.comparingLong(
                        template -> template.chars().filter(c -> c == '{').count()));
    }

    private List<String> errors(String schema, String body) {
        return known
                .computeIfAbsent(schema, pointer -> schemas.getSchema(SchemaLocation.of(LOCATION + "#" + pointer)))
                .validate(body, InputFormat.JSON)
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
