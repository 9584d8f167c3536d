package io.throughline.connectors.shopify.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BulkQueryTest {
    @ParameterizedTest
    @EnumSource
    void isValidInThePinnedVersion(BulkQuery query) {
        assertThat(OperationTest.errors(query.text())).isEmpty();
    }

    @Test
    void eachFileIsAQuery() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(BulkQuery.class.getResource("/graphql/bulk"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(BulkQuery.values())
                            .map(query -> query.name().toLowerCase(Locale.ROOT) + ".graphql")
                            .toList());
        }
    }
}
