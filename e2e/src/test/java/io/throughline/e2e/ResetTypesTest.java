package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A process that is reset nowhere could lose or repeat something, and nothing here would tell. */
final class ResetTypesTest {
    private static final Path WORKFLOWS = Path.of("../workflows/src/main/java");
    private static final String PROCESS = "WorkflowImpl.java";

    @Test
    void everyProcessIsResetInOneOfTheTests() throws IOException {
        try (Stream<Path> sources = Files.walk(WORKFLOWS)) {
            List<String> processes = sources.map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith(PROCESS))
                    .map(name -> name.substring(0, name.length() - PROCESS.length()))
                    .toList();

            assertThat(processes)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(Stream.of(ResetTest.TYPES, StockResetTest.TYPES)
                            .flatMap(List::stream)
                            .toList());
        }
    }
}
