package io.throughline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ParseAndValidate;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import io.throughline.sandbox.core.SampleRetailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private final GraphQLSchema schema = AdminSchema.schema();

    @Test
    void everyOperationFitsTheSchema() throws IOException {
        assertThat(TestingShop.operationFiles()).isNotEmpty().allSatisfy(this::valid);
    }

    private void valid(Path file) throws IOException {
        assertThat(ParseAndValidate.parseAndValidate(
                                schema,
                                ExecutionInput.newExecutionInput(Files.readString(file))
                                        .build())
                        .getErrors())
                .as(file.toString())
                .isEmpty();
    }

    @Test
    void everyMutationOfTheSchemaIsPlayed() {
        Set<String> inSchema = schema.getMutationType().getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .collect(Collectors.toSet());
        try (TestingStore store = new TestingStore()) {
            ShopDesk desk = new ShopDesk(
                    store.store().context(),
                    SampleRetailer.load().shops().getFirst(),
                    new Background(store.store().documents()),
                    new LocationScripts(store.store().documents()));

            assertThat(desk.mutationNames()).isEqualTo(inSchema);
        }
    }

    @Test
    void theSchemaIsTheRealOne() {
        assertThat(schema.getDirective("idempotent")).isNotNull();
        assertThat(schema.getMutationType()
                        .getFieldDefinition("orderCapture")
                        .getArgument("input")
                        .getType())
                .hasToString("OrderCaptureInput!");
        assertThat(schema.getObjectType("MoneyV2").getFieldDefinition("amount").getType())
                .hasToString("Decimal!");
    }
}
