package io.throughline.sandbox.shopify.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.parser.Parser;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneSchemaTest {

    private static final String FULL = """
            schema { query: QueryRoot mutation: Mutation }
            directive @idempotent(key: String!) on FIELD
            interface Node { id: ID! }
            interface Shape { area: Int! name: String }
            type Circle implements Shape & Node { id: ID! area: Int! name: String radius: Int }
            type Square implements Shape & Node { id: ID! area: Int! name: String side: Int }
            type Unrelated implements Node { id: ID! secret: Secret }
            type Secret { text: String }
            union Any = Circle | Note
            type Note { text: String! size: Size }
            enum Size { SMALL LARGE }
            enum Unused { A }
            input Filter { size: Size nested: Nested }
            input Nested { text: String }
            "A description" type QueryRoot { shapes(filter: Filter): [Shape!]! any: Any node(id: ID!): Node other: Unrelated }
            type Mutation { paint(id: ID!, colour: String): Circle erase: Note }
            """;

    @Test
    void keepsWhatIsReachedAndNothingElse() {
        String pruned = new SchemaPruner(new SchemaParser().parse(FULL))
                .prune(List.of(Parser.parse("{ shapes { area } any { ... on Note { text } } node(id: 1) { id } }")));

        assertThat(pruned)
                .contains("interface Shape {\n  area: Int!\n}")
                .contains("type Circle implements Shape & Node")
                .contains("input Filter", "input Nested", "enum Size", "directive @idempotent")
                .doesNotContain("radius", "Unrelated", "Secret", "Unused", "paint", "description");
        assertThat(new SchemaParser().parse(pruned).getTypeOrNull("Square")).isNotNull();
    }

    @Test
    void refusesASchemaThatIsNotThePinnedOne(@TempDir Path folder) throws IOException {
        Path other = Files.writeString(folder.resolve("other.graphql"), FULL);

        assertThatThrownBy(() -> PruneSchema.prune(other, List.of())).hasMessageContaining("pinned");
    }
}
