package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassCacheTest {
    private static final String IN_A_JAR = "io.temporal.testserver.TestServer";
    private static final String LEARN = "-XX:AOTCacheOutput=";

    @TempDir
    private Path directory;

    @Test
    void whatTheFirstProcessLeavesTheNextOnesUse() throws IOException {
        ClassCache first = cache();
        Path written = Path.of(first.options().getFirst().substring(LEARN.length()));
        assertThat(first.learning()).isTrue();
        assertThat(cache().options()).as("another one meanwhile").isEmpty();

        Files.writeString(written, "what a JVM wrote");
        first.ended();

        assertThat(first.learning()).isFalse();
        assertThat(cache().options()).singleElement().asString().startsWith("-XX:AOTCache=" + directory);
        assertThat(written).doesNotExist();
    }

    @Test
    void whoeverDiesWithoutWritingLeavesItToTheNext() {
        ClassCache killed = cache();
        assertThat(killed.options()).singleElement().asString().startsWith(LEARN);

        killed.ended();

        assertThat(cache().options()).singleElement().asString().startsWith(LEARN);
    }

    @Test
    void whoIsToHaltUsesWhatOthersLearnedAndLearnsNothing() throws IOException {
        assertThat(cache().unchanged().options()).isEmpty();
        ClassCache first = cache();
        Files.writeString(Path.of(first.options().getFirst().substring(LEARN.length())), "what a JVM wrote");
        first.ended();

        assertThat(cache().unchanged().options()).singleElement().asString().startsWith("-XX:AOTCache=" + directory);
    }

    @Test
    void onlyJarsAreCached() {
        assertThat(cache().classPath()).endsWith(".jar").doesNotContain("test-classes");
        assertThat(ClassCache.of(directory, getClass().getName(), JavaProcess.ownClassPath()))
                .isEmpty();
    }

    private ClassCache cache() {
        return ClassCache.of(directory, IN_A_JAR, JavaProcess.ownClassPath()).orElseThrow();
    }
}
