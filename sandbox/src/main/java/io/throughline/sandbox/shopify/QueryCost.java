package io.throughline.sandbox.shopify;

import graphql.analysis.FieldComplexityCalculator;
import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.QueryComplexityCalculator;
import graphql.execution.CoercedVariables;
import graphql.language.Document;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The points of a query. Scalars, enums and value objects (money, addresses without an id) are free; an object that is a
 * {@code Node} costs 1; a connection costs 2 and, for each element asked for, its contents but at least 1; a list with
 * {@code first} costs its contents for each element asked for; a mutation costs 10 more.
 */
final class QueryCost implements FieldComplexityCalculator {

    static final int MUTATION = 10;
    static final int CONNECTION = 2;
    static final int SINGLE_QUERY_LIMIT = 1_000;
    private static final int DEFAULT_PAGE = 10;

    static int requested(
            GraphQLSchema schema, Document document, @Nullable String operationName, CoercedVariables variables) {
        return QueryComplexityCalculator.newCalculator()
                .fieldComplexityCalculator(new QueryCost())
                .schema(schema)
                .document(document)
                .operationName(operationName)
                .variables(variables)
                .build()
                .calculate();
    }

    @Override
    public int calculate(FieldComplexityEnvironment environment, int contents) {
        GraphQLType type =
                GraphQLTypeUtil.unwrapNonNull(environment.getFieldDefinition().getType());
        GraphQLNamedType named = GraphQLTypeUtil.unwrapAllAs(type);
        if (environment.getParentType() instanceof GraphQLObjectType parent
                && parent.getName().equals("Mutation")) {
            return MUTATION + contents;
        }
        if (GraphQLTypeUtil.isLeaf(named)) {
            return 0;
        }
        if (Pages.isConnection(named)) {
            return CONNECTION + asked(environment.getArguments()) * Math.max(1, contents);
        }
        int each = own(named) + contents;
        boolean limited =
                type instanceof GraphQLList && environment.getArguments().containsKey("first");
        return limited ? asked(environment.getArguments()) * each : each;
    }

    static int own(GraphQLNamedType type) {
        boolean node = type instanceof GraphQLObjectType object
                && object.getInterfaces().stream()
                        .anyMatch(parent -> parent.getName().equals("Node"));
        return node ? 1 : 0;
    }

    private static int asked(Map<String, Object> arguments) {
        Object first = arguments.get("first");
        Object size = first == null ? arguments.get("last") : first;
        return size instanceof Integer number ? number : DEFAULT_PAGE;
    }
}
