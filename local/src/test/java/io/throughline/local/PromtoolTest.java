package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromtoolTest {
    @TempDir
    private Path directory;

    private Path cache;
    private Path path;
    private final RecordedProgress progress = new RecordedProgress();

    @BeforeEach
    void directories() throws IOException {
        cache = Files.createDirectories(directory.resolve("cache"));
        path = Files.createDirectories(directory.resolve("path"));
    }

    @Test
    void theProgramOnThePathComesFirst() throws IOException {
        program(cached(), "exit 0");
        program(path.resolve("promtool"), "exit 0");

        assertThat(find()).contains(path.resolve("promtool"));
    }

    @Test
    void goBuildsThePinnedVersionIntoTheCacheOnce() throws IOException {
        program(path.resolve("go"), """
                shift
                cd "$1"
                shift
                echo "$1 $2" >> "%s"
                [ "$1" != build ] || { printf '#!/bin/sh\\nexit 0\\n' > promtool && chmod +x promtool; }
                """.formatted(directory.resolve("go-calls")));

        assertThat(find()).contains(cached());
        assertThat(find()).contains(cached());

        assertThat(Files.readAllLines(directory.resolve("go-calls")))
                .containsExactly("mod init", "get github.com/prometheus/prometheus@v0.313.2", "build -mod=mod");
        assertThat(progress.lines()).anyMatch(line -> line.contains("about two minutes"));
        assertNothingIsLeftOfTheBuild();
    }

    @Test
    void aBuildThatFailsIsToldAndGivesNone() throws IOException {
        program(path.resolve("go"), "echo no such module; exit 1");

        assertThat(find()).isEmpty();
        assertThat(progress.problems()).singleElement().asString().contains("no such module");
        assertNothingIsLeftOfTheBuild();
    }

    private void assertNothingIsLeftOfTheBuild() {
        assertThat(cache)
                .isDirectoryNotContaining(
                        entry -> Files.isDirectory(entry) && entry.toString().contains("promtool-build"));
    }

    private Optional<Path> find() {
        return Promtool.find(cache, new SearchPath(path.toString()), progress).map(Promtool::program);
    }

    private Path cached() {
        return cache.resolve("bin/promtool-0.313.2");
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
