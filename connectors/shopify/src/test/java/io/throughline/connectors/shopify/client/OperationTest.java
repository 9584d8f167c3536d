package io.throughline.connectors.shopify.client;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import io.throughline.connectors.shopify.SampleShops;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operations against Shopify's schema of the pinned version, and against the one rule that the schema does not show. */
final class OperationTest {
    /** Mutations that Shopify refuses at run time without {@code @idempotent}, from version 2026-04 on. */
    private static final Set<String> IDEMPOTENT_ONLY = Set.of(
            "refundCreate",
            "inventoryActivate",
            "inventoryAdjustQuantities",
            "inventorySetQuantities",
            "inventorySetOnHandQuantities",
            "inventoryMoveQuantities",
            "inventoryTransferCreate",
            "inventoryTransferCreateAsReadyToShip",
            "inventoryTransferDuplicate",
            "inventoryTransferSetItems",
            "inventoryShipmentCreate",
            "inventoryShipmentCreateInTransit",
            "inventoryShipmentAddItems",
            "inventoryShipmentReceive",
            "locationActivate",
            "locationDeactivate");

    private static final GraphQLSchema SCHEMA = schema();

    @ParameterizedTest
    @EnumSource
    void isValidInThePinnedVersion(Operation operation) {
        assertThat(errors(operation.document())).isEmpty();
    }

    @Test
    void theValidatorRefusesWhatTheSchemaDoesNotHave() {
        assertThat(errors("query Wrong($id: ID!) { order(id: $id) { id totalPriceSett } }"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void carriesAnIdempotencyKeyWhereItIsMandatory(Operation operation) {
        assertThat(withoutMandatoryKey(operation.document())).isEmpty();
    }

    @Test
    void theLintFindsAMissingKey() {
        String without = "mutation M($input: RefundInput!) { refundCreate(input: $input) { userErrors { message } } }";
        String with = "mutation M($input: RefundInput!, $key: String!) "
                + "{ refundCreate(input: $input) @idempotent(key: $key) { userErrors { message } } }";

        assertThat(withoutMandatoryKey(without)).containsExactly("refundCreate");
        assertThat(withoutMandatoryKey(with)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void staysBelowTheCostOfOneQueryEvenWhenNaivelySummedUp(Operation operation) {
        assertThat(naiveCost(operation.document())).isPositive().isLessThan(1000);
    }

    @Test
    void aQueryOfTooManyObjectsIsFoundOut() {
        String tooMuch = "query Q($id: ID!) { order(id: $id) { lineItems(first: 250) "
                + "{ nodes { taxLines(first: 10) { priceSet { shopMoney { amount } } } } } } }";

        assertThat(naiveCost(tooMuch)).isGreaterThan(1000);
    }

    @Test
    void eachFileIsAnOperationAndNoneLiesAbout() throws IOException, URISyntaxException {
        assertThat(names("/graphql"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Operation.values()).map(Operation::file).toList());
    }

    @Test
    void eachFragmentIsNamedAsItsFileAndIsSpread() throws IOException, URISyntaxException {
        assertThat(names("/graphql/fragments"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Operation.values())
                        .map(operation -> new Parser().parseDocument(operation.document()))
                        .flatMap(document -> document.getDefinitionsOfType(FragmentDefinition.class).stream())
                        .map(FragmentDefinition::getName)
                        .collect(Collectors.toSet()));
    }

    private static List<String> names(String folder) throws IOException, URISyntaxException {
        Path path = Path.of(
                Objects.requireNonNull(Operation.class.getResource(folder)).toURI());
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString().replace(".graphql", ""))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhetherItChangesAnything(Operation operation) {
        OperationDefinition definition = definition(operation.document());

        assertThat(operation.changes()).isEqualTo(definition.getOperation() == OperationDefinition.Operation.MUTATION);
        assertThat(operation.file()).isEqualTo(operation.name().toLowerCase(Locale.ROOT));
    }

    private static List<String> withoutMandatoryKey(String document) {
        return definition(document).getSelectionSet().getSelectionsOfType(Field.class).stream()
                .filter(field -> IDEMPOTENT_ONLY.contains(field.getName()))
                .filter(field -> field.getDirectives("idempotent").stream()
                        .noneMatch(directive -> directive.getArgument("key") != null))
                .map(Field::getName)
                .toList();
    }

    /** A point for each object that could come back, as many as each list was asked for. */
    private static int naiveCost(String text) {
        Document document = new Parser().parseDocument(text);
        Map<String, FragmentDefinition> fragments = document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .collect(Collectors.toMap(FragmentDefinition::getName, fragment -> fragment));
        return naiveCost(definition(text).getSelectionSet(), fragments);
    }

    private static int naiveCost(SelectionSet selections, Map<String, FragmentDefinition> fragments) {
        int cost = 0;
        for (FragmentSpread spread : selections.getSelectionsOfType(FragmentSpread.class)) {
            cost += naiveCost(fragments.get(spread.getName()).getSelectionSet(), fragments);
        }
        for (Field field : selections.getSelectionsOfType(Field.class)) {
            if (field.getSelectionSet() != null) {
                cost += asked(field) * (1 + naiveCost(field.getSelectionSet(), fragments));
            }
        }
        return cost;
    }

    private static int asked(Field field) {
        return field.getArguments().stream()
                .filter(argument -> argument.getName().equals("first"))
                .map(argument -> ((IntValue) argument.getValue()).getValue().intValueExact())
                .findFirst()
                .orElse(1);
    }

    private static OperationDefinition definition(String document) {
        return new Parser()
                .parseDocument(document)
                .getFirstDefinitionOfType(OperationDefinition.class)
                .orElseThrow();
    }

    static List<ValidationError> errors(String text) {
        Document document = new Parser().parseDocument(text);
        return new Validator().validateDocument(SCHEMA, document, Locale.ROOT);
    }

    private static GraphQLSchema schema() {
        String text = new String(SampleShops.resource("/shopify/admin-2026-10.pruned.graphql"), StandardCharsets.UTF_8);
        TypeDefinitionRegistry types = new SchemaParser().parse(text);
        return new SchemaGenerator().makeExecutableSchema(types, RuntimeWiring.MOCKED_WIRING);
    }
}
