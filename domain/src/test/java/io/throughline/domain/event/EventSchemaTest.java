package io.throughline.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That what is told and what the schemas promise are the same. */
class EventSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry DRAFT = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final List<String> SUBJECTS = List.of(
            "O-7K2M9Q4XTA",
            "stock/ST-HARBOR/NW-TEE-BLK-M",
            "purchase-order/tryton-northwind/PO-42",
            "product/NW-MUG-RED",
            "transfer/T-7K2M9Q4XTA",
            "customer/K-7K2M9Q4XTA",
            "store-day/ST-HARBOR/2026-11-23");

    @ParameterizedTest
    @EnumSource
    void theSchemaIsASchemaOfItsType(EventType type) {
        JsonNode schema = JSON.readTree(type.schema());

        assertThat(schema.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("title").asString()).isEqualTo(type.fullName());
        assertThat(schema.path("description").asString()).isNotEmpty();
        assertThat(DRAFT.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(type.schema(), InputFormat.JSON))
                .isEmpty();
    }

    /** The entry that the example came from is made of it again, under the names of the trace. */
    @ParameterizedTest
    @EnumSource
    void theExampleIsWhatIsTold(EventType type) {
        JsonNode example = JSON.readTree(type.schema()).path("examples").get(0);
        Map<String, String> detail = new HashMap<>();
        example.properties().forEach(field -> detail.putAll(entry(field.getKey(), field.getValue())));
        detail.put("to", detail.getOrDefault("payment", detail.getOrDefault("to", "")));
        detail.put("private", "nobody's business");

        Map<String, Object> told = SUBJECTS.stream()
                .filter(subject -> names(example, subject))
                .findFirst()
                .map(subject -> type.data(subject, detail))
                .orElseThrow();

        assertThat(JSON.readTree(JSON.writeValueAsString(told))).isEqualTo(example);
        assertThat(errors(type, JSON.writeValueAsString(told))).isEmpty();
    }

    /** As the writer of the entry puts it. */
    private static Map<String, String> entry(String name, JsonNode value) {
        return value.isArray()
                ? UnitDetails.write(
                        name, value.valueStream().map(EventSchemaTest::units).toList())
                : Map.of(name, value.asString());
    }

    private static UnitDetails.Units units(JsonNode told) {
        List<String> whose = Stream.of("work", "facility", "disposition")
                .filter(told::has)
                .map(field -> told.path(field).asString())
                .toList();
        return new UnitDetails.Units(
                whose, told.path("quantity").asInt(), told.path("sku").asString());
    }

    private static boolean names(JsonNode example, String subject) {
        return example.properties().stream()
                .map(Map.Entry::getValue)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asString)
                .anyMatch(value -> value.equals(subject) || subject.endsWith("/" + value));
    }

    @ParameterizedTest
    @EnumSource
    void everyRequiredFieldIsMissed(EventType type) {
        JsonNode schema = JSON.readTree(type.schema());
        schema.path("required").forEach(required -> {
            Map<String, Object> without = new HashMap<>();
            schema.path("examples").get(0).properties().forEach(field -> without.put(field.getKey(), field.getValue()));
            without.remove(required.asString());
            assertThat(errors(type, JSON.writeValueAsString(without)))
                    .as(required.asString())
                    .isNotEmpty();
        });
    }

    private static List<String> errors(EventType type, String data) {
        Schema schema = DRAFT.getSchema(type.schema());
        return schema.validate(data, InputFormat.JSON).stream()
                .map(Error::getMessage)
                .collect(Collectors.toList());
    }
}
