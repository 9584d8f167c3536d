package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarWiringEnvironment;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The pruned Admin schema made executable. */
final class AdminSchema {

    static final String RESOURCE = "/shopify/admin-2026-10.pruned.graphql";

    private AdminSchema() {}

    /** One for all sandboxes of a process: it keeps nothing of its own. */
    private static final class Loaded {
        static final GraphQLSchema SCHEMA = load();
    }

    static GraphQLSchema schema() {
        return Loaded.SCHEMA;
    }

    /** Where an order can be sent: not all of ISO 3166, and a few more. */
    static boolean knowsCountry(String code) {
        return schema().getType("CountryCode") instanceof GraphQLEnumType countries && countries.getValue(code) != null;
    }

    private static GraphQLSchema load() {
        try (InputStream text = Objects.requireNonNull(AdminSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            RuntimeWiring wiring =
                    RuntimeWiring.newRuntimeWiring().wiringFactory(new Wiring()).build();
            return new SchemaGenerator()
                    .makeExecutableSchema(
                            new SchemaParser().parse(new InputStreamReader(text, StandardCharsets.UTF_8)), wiring);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Wiring implements WiringFactory {

        private static final Set<String> BUILT_IN = Set.of("Int", "Float", "String", "Boolean", "ID");

        private final Map<String, GraphQLScalarType> scalars = new HashMap<>();
        private final DataFetcher<?> mutations = new MutationFields();
        private final DataFetcher<?> queries = new QueryFields();
        private final DataFetcher<?> nodes = new NodeFetcher();

        @Override
        public boolean providesScalar(ScalarWiringEnvironment environment) {
            return !BUILT_IN.contains(environment.getScalarTypeDefinition().getName());
        }

        @Override
        public GraphQLScalarType getScalar(ScalarWiringEnvironment environment) {
            return scalars.computeIfAbsent(
                    environment.getScalarTypeDefinition().getName(),
                    name -> GraphQLScalarType.newScalar()
                            .name(name)
                            .coercing(name.equals("JSON") ? new AnyJson() : new Text(name))
                            .build());
        }

        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return byTypeName();
        }

        @Override
        public boolean providesTypeResolver(UnionWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
            return byTypeName();
        }

        private static TypeResolver byTypeName() {
            return environment -> environment
                    .getSchema()
                    .getObjectType(Objects.requireNonNull(environment.<JsonNode>getObject())
                            .path("__typename")
                            .asText());
        }

        @Override
        public DataFetcher<?> getDefaultDataFetcher(FieldWiringEnvironment environment) {
            return switch (environment.getParentType().getName()) {
                case "Mutation" -> mutations;
                case "QueryRoot" -> queries;
                default -> nodes;
            };
        }
    }

    /** Whatever a fulfillment service has said. Nobody sends any here. */
    private record AnyJson() implements Coercing<Object, Object> {

        @Override
        public Object serialize(Object result, GraphQLContext context, Locale locale) {
            return result;
        }

        @Override
        public Object parseValue(Object input, GraphQLContext context, Locale locale) {
            throw new CoercingParseValueException("The sandbox takes no JSON");
        }

        @Override
        public Object parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            throw new CoercingParseLiteralException("The sandbox takes no JSON");
        }
    }

    /** Shopify's own scalars travel as text; amounts, times and addresses are checked on their way in. */
    private record Text(String name) implements Coercing<String, String> {

        @Override
        public String serialize(Object result, GraphQLContext context, Locale locale) {
            return result.toString();
        }

        @Override
        public String parseValue(Object input, GraphQLContext context, Locale locale) {
            if (input instanceof String || input instanceof Number || input instanceof Boolean) {
                return checked(input.toString());
            }
            throw new CoercingParseValueException("A " + name + " cannot be " + input);
        }

        @Override
        public String parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            try {
                return switch (input) {
                    case StringValue text -> checked(Objects.requireNonNullElse(text.getValue(), ""));
                    case IntValue number -> checked(number.getValue().toString());
                    case FloatValue number -> checked(number.getValue().toPlainString());
                    case BooleanValue flag -> checked(Boolean.toString(flag.isValue()));
                    default -> throw new CoercingParseLiteralException("A " + name + " cannot be " + input);
                };
            } catch (CoercingParseValueException wrong) {
                throw new CoercingParseLiteralException(wrong.getMessage());
            }
        }

        private String checked(String text) {
            try {
                switch (name) {
                    case "Money", "Decimal" -> new BigDecimal(text);
                    case "DateTime" -> OffsetDateTime.parse(text);
                    case "UnsignedInt64" -> Long.parseUnsignedLong(text);
                    default -> {
                        // Any text will do.
                    }
                }
                return text;
            } catch (NumberFormatException | DateTimeParseException wrong) {
                throw new CoercingParseValueException("Not a " + name + ": " + text);
            }
        }
    }
}
