package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.AccessRules;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Keyed;
import io.throughline.api.openapi.OpenApiDocument;
import io.throughline.api.order.IdempotencyKey;
import io.throughline.domain.access.Role;
import io.throughline.domain.event.EventType;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.measure.Contracts;
import io.throughline.runtime.retailer.ServiceLevelReader;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That the document says what the resources do. */
final class OpenApiTest {
    private final TestingApi api = TestingApi.get();
    private final JsonNode document = api.send(api.to("/openapi.json").GET()).json();

    @Test
    void isOpenApi31() {
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        assertThat(document.at("/servers/0/url").asText()).isEqualTo(TestingApi.PUBLIC_URL.toString());
        assertThat(document.at("/components/securitySchemes/apiKey/scheme").asText())
                .isEqualTo("bearer");
    }

    @Test
    void hasEveryResourceMethodAndNothingElse() {
        Set<String> expected = new TreeSet<>();
        for (Method method : methods()) {
            expected.add(verb(method) + " " + path(method));
        }
        Set<String> actual = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(verb -> actual.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(15);
    }

    @Test
    void everyOperationTellsItsRolesAndItsProblems() {
        for (Method method : methods()) {
            JsonNode operation =
                    document.path("paths").path(path(method)).path(verb(method).toLowerCase(Locale.ROOT));
            Allow allow = method.getAnnotation(Allow.class);
            List<String> roles = new ArrayList<>();
            operation.path(OpenApiDocument.ROLES).forEach(role -> roles.add(role.asText()));
            assertThat(roles)
                    .as(method.toString())
                    .isEqualTo(
                            allow == null
                                    ? List.of()
                                    : Arrays.stream(allow.value())
                                            .map(Enum::name)
                                            .toList());
            List<String> statuses = new ArrayList<>(OpenApiDocument.alwaysPossible());
            if (allow != null) {
                statuses.addAll(List.of("401", "403"));
            }
            for (String status : statuses) {
                assertThat(operation
                                .path("responses")
                                .path(status)
                                .at("/content/application~1problem+json/schema/$ref")
                                .asText())
                        .as(method + " " + status)
                        .isEqualTo("#/components/schemas/Problem");
            }
            assertThat(operation.path("summary").asText()).as(method.toString()).isNotEmpty();
        }
    }

    /** Whom to ask before it changes is in the configuration; nobody's is none, and none is named that is not there. */
    @Test
    void everyContractHasAnOwner() {
        Contracts contracts = ServiceLevelReader.load(java.nio.file.Path.of("../config"), Map.of())
                .contracts();
        Set<String> tags = new TreeSet<>();
        Set<String> senders = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    assertThat(operation.getValue().path(OpenApiDocument.OWNER).asText())
                            .as(operation.getKey() + " " + path.getKey())
                            .isIn("SUPPORT", "FINANCE", "RETAIL_IT");
                    if (path.getKey().startsWith("/webhooks/")) {
                        senders.add(path.getKey().split("/", -1)[2]);
                    } else {
                        tags.add(operation.getValue().at("/tags/0").asText());
                    }
                }));

        assertThat(contracts.api().keySet()).containsExactlyInAnyOrderElementsOf(tags);
        assertThat(contracts.webhooks().keySet()).containsExactlyInAnyOrderElementsOf(senders);
        assertThat(contracts.events().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventType.values()).map(Contracts::about).collect(Collectors.toSet()));
        JsonNode types = api.get("/v1/events/schemas", Role.VIEWER).json().path("types");
        assertThat(types)
                .hasSize(EventType.values().length)
                .allSatisfy(type -> assertThat(type.path("owner").asText())
                        .as(type.path("type").asText())
                        .isNotEmpty());
    }

    /** Said once, by what the method is annotated with. */
    @Test
    void everyOperationThatMayBeSentAgainNamesItsKey() {
        int keyed = 0;
        for (Method method : methods()) {
            Keyed key = method.getAnnotation(Keyed.class);
            JsonNode operation =
                    document.path("paths").path(path(method)).path(verb(method).toLowerCase(Locale.ROOT));
            List<JsonNode> headers = new ArrayList<>();
            operation.path("parameters").forEach(parameter -> {
                if (parameter.path("name").asText().equals(IdempotencyKey.HEADER)) {
                    headers.add(parameter);
                }
            });
            assertThat(headers).as(method.toString()).hasSize(key == null ? 0 : 1);
            if (key != null) {
                keyed++;
                JsonNode header = headers.getFirst();
                assertThat(header.path("in").asText()).isEqualTo("header");
                assertThat(header.path("required").asBoolean()).isEqualTo(!key.unlessPreview());
                assertThat(header.path("description").asText()).contains("new for each " + key.newForEach());
                assertThat(header.at("/schema/type").asText()).isEqualTo("string");
                assertThat(header.at("/schema/maxLength").asInt()).isEqualTo(IdempotencyKey.LONGEST);
                JsonNode location = operation.at("/responses/202/headers/Location");
                assertThat(location.isMissingNode())
                        .as(method.toString())
                        .isEqualTo(key.leadsTo().isEmpty());
                assertThat(location.path("description").asText("")).contains(key.leadsTo());
            }
        }
        assertThat(keyed).isEqualTo(14);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        collect(document, references);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void describesTheOrderAsItIsTaken() {
        JsonNode order = document.at("/components/schemas/OrderSubmission");

        assertThat(order.path("properties").path("currency").path("type").asText())
                .isEqualTo("string");
        assertThat(order.path("properties").path("placedAt").path("format").asText())
                .isEqualTo("date-time");
        assertThat(texts(order.path("required")))
                .contains("externalId", "currency", "lines", "total", "tenders", "delivery")
                .doesNotContain("name", "tip", "tags", "customer");
        assertThat(texts(document.at("/components/schemas/OrderSubmissionLine/required")))
                .contains("quantity", "unitPrice")
                .doesNotContain("taxes", "discount");
    }

    @Test
    void listsWhatCanBeAmended() {
        JsonNode amendment = document.at("/components/schemas/DecisionRequest/properties/amendment");
        List<String> keys = new ArrayList<>();
        amendment.path("properties").fieldNames().forEachRemaining(keys::add);

        assertThat(keys)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Amendable.values()).map(Amendable::key).toList());
        assertThat(amendment.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(amendment.at("/properties/postingDate/format").asText()).isEqualTo("date");
    }

    @Test
    void recordsOfOneNameAreToldApart() {
        assertThat(document.at("/components/schemas/OrderLine/properties").has("sku"))
                .isTrue();
        assertThat(document.at("/components/schemas/TraceProcess/properties/event/type")
                        .toString())
                .contains("integer");
        assertThat(texts(document.at("/components/schemas/TraceProcess/required")))
                .contains("link")
                .doesNotContain("event", "eventLink");
        assertThat(document.at("/components/schemas/JournalLine/properties").has("debit"))
                .isTrue();
        assertThat(texts(document.at("/components/schemas/Problem/required"))).doesNotContain("errors", "instance");
    }

    @Test
    void doesNotNameTheCode() {
        assertThat(document.toString()).doesNotContain("io.throughline").doesNotContain("java.");
    }

    private List<Method> methods() {
        return api.resources().stream()
                .filter(type -> !type.isAnnotationPresent(Hidden.class))
                .flatMap(AccessRules::methods)
                .toList();
    }

    private static String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static String path(Method method) {
        Path own = method.getAnnotation(Path.class);
        return method.getDeclaringClass().getAnnotation(Path.class).value() + (own == null ? "" : own.value());
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.path("$ref").asText());
        }
        node.forEach(child -> collect(child, references));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
