package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.event.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What subscribers are promised is told by somebody: an entry of that kind is written somewhere. */
final class EventWritersTest {
    private static List<String> sources = List.of();

    @BeforeAll
    static void readSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            sources = files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java") && !file.endsWith("EventType.java"))
                    .map(EventWritersTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEntryOfItsKindIsWritten(EventType type) {
        String whole = '"' + type.kind() + '"';
        String composed = '"' + type.kind().substring(0, type.kind().lastIndexOf('.') + 1) + "\" +";

        assertThat(sources).anyMatch(source -> source.contains(whole) || source.contains(composed));
    }
}
