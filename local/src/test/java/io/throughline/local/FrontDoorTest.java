package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in the root of the project, as a person meets it. */
final class FrontDoorTest {
    private static final Path SCRIPT = Main.projectDirectory().resolve("throughline");

    @TempDir
    private Path elsewhere;

    @Test
    void helpNamesEveryCommandOnStandardOutput() throws Exception {
        Outcome outcome = run(SCRIPT, Map.of(), "help");

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).contains("throughline up", "demo", "test", "bench [name]", "help", "--erp tryton");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void withoutACommandItHelps() throws Exception {
        assertThat(run(SCRIPT, Map.of()).out())
                .isEqualTo(run(SCRIPT, Map.of(), "--help").out());
    }

    @Test
    void anUnknownCommandIsNamedOnStandardErrorAndEndsWithTwo() throws Exception {
        Outcome outcome = run(SCRIPT, Map.of(), "uup");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("unknown command: uup", "throughline up");
    }

    @Test
    void withoutASuitableJdkItSaysWhatToInstall() throws Exception {
        Path copy = copyWithPaths("/usr/lib/jvm", "/opt", "/Library/Java");
        Path old = jdk(elsewhere.resolve("jdk 17"), "17.0.15");

        Outcome outcome = run(
                copy,
                Map.of(
                        "JAVA_HOME",
                        old.toString(),
                        "PATH",
                        old.resolve("bin") + ":/bin:/usr/bin",
                        "HOME",
                        "/nonexistent"),
                "up");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("needs a JDK 25 or newer", "Temurin 25", "JAVA_HOME");
    }

    @Test
    void anOldJavaHomeIsPassedOverForASuitableJdkOfTheUser() throws Exception {
        Path copy = copyWithPaths("/usr/lib/jvm", "/opt", "/Library/Java");
        Path old = jdk(elsewhere.resolve("jdk 17"), "17.0.15");
        jdk(elsewhere.resolve("a home/.sdkman/candidates/java/25.0.1-tem"), "25.0.1");

        Outcome outcome = run(
                copy,
                Map.of(
                        "JAVA_HOME", old.toString(),
                        "PATH", old.resolve("bin") + ":/bin:/usr/bin",
                        "HOME", elsewhere.resolve("a home").toString()),
                "up");

        assertThat(outcome.out() + outcome.err()).contains("started by 25.0.1").doesNotContain("needs a JDK");
    }

    @Test
    void eachStageOfTheTestsShowsItsTimeAndWhatSurefireCounted() throws Exception {
        Path copy = copyWithPaths();
        String count = "[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 1";
        String timed = count + ", Time elapsed: 2.61 s -- in io.throughline.SlowTest";
        writeMaven(copy, "echo '" + timed + "'; echo '" + count + "'");

        Outcome outcome = run(copy, Map.of("JAVA_HOME", newJdk().toString()), "test");

        assertThat(outcome.exit()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("[1/4] build, format and static gates (budget 210 s)")
                .containsPattern("\\[4/4] whole-system scenarios: passed in \\d+ s")
                .contains(count + "\n", "  the longest classes: SlowTest 3 s\n")
                .endsWith("Tests: 33 passed, 0 failed, 3 skipped\n");
    }

    @Test
    void theStagesBudgetsFitIntoTheWholeOne() throws Exception {
        String script = Files.readString(SCRIPT);
        int whole = numbers(script, "All stages passed in %d s \\(budget (\\d+) s\\)")
                .getFirst();
        List<Integer> stages = numbers(
                script.substring(script.indexOf("run_tests() {"), script.indexOf("All stages passed")),
                "stage '[^']+' (\\d+) ");

        assertThat(stages).hasSize(4);
        assertThat(stages.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(whole);
        assertThat(numbers(script, "-gt (\\d{4})"))
                .as("what is told to be late")
                .containsExactly(whole);
        assertThat(whole).isEqualTo(1800);
    }

    @Test
    void theBuildServersRunSkipsNothing() throws Exception {
        Path project = SCRIPT.getParent();

        assertThat(Files.readString(project.resolve(".ci/run")))
                .containsSubsequence("export CI=true", "throughline\" test");
        assertThat(project.resolve(".ci/run")).isExecutable();
    }

    private static List<Integer> numbers(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    @Test
    void aFailedStageEndsTheTestsWithTheEndOfItsLog() throws Exception {
        Path copy = copyWithPaths();
        writeMaven(copy, "echo '[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0'; echo the reason; exit 1");

        Outcome outcome = run(copy, Map.of("JAVA_HOME", newJdk().toString()), "test");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("the reason", "[1/4] build, format and static gates: FAILED after")
                .contains("whole log: " + copy.getParent().toRealPath().resolve("target/test-logs/1.log"))
                .endsWith("Tests: 1 passed, 2 failed, 0 skipped\n")
                .doesNotContain("[2/4]");
    }

    @Test
    void itFindsItsProjectThroughASymbolicLink() throws Exception {
        Path copy = copyWithPaths();
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), elsewhere.relativize(copy));

        Outcome outcome = run(link, Map.of("JAVA_HOME", newJdk().toString()), "up");

        assertThat(outcome.out()).contains("built in", "started by 25.0.1");
        assertThat(copy.resolveSibling("local/target/built")).exists();
    }

    @Test
    void whatHasNotChangedIsNotBuiltAgain() throws Exception {
        Path copy = copyWithPaths();
        Map<String, String> environment = Map.of("JAVA_HOME", newJdk().toString());
        run(copy, environment, "up");
        assertThat(run(copy, environment, "up").out()).doesNotContain("Building");

        Path source = Files.createDirectories(copy.resolveSibling("domain/src/main/java"))
                .resolve("Order.java");
        Files.writeString(source, "final class Order {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(run(copy, environment, "up").out()).contains("Building");
    }

    private Path newJdk() throws IOException {
        return jdk(elsewhere.resolve("jdk 25"), "25.0.1");
    }

    private static void writeMaven(Path script, String commands) throws IOException {
        writeExecutable(script.resolveSibling("mvnw"), "#!/bin/sh\n" + commands + "\n");
    }

    /** A copy of the script in a directory with a space, whose build is a fake, that looks for JDKs only where the test puts them. */
    private Path copyWithPaths(String... hidden) throws IOException {
        Path home = Files.createDirectories(elsewhere.resolve("a project"));
        String text = Files.readString(SCRIPT);
        for (String path : hidden) {
            text = text.replace("        " + path, "        /nonexistent" + path);
        }
        Path copy = home.resolve("throughline");
        writeExecutable(copy, text);
        writeMaven(copy, "mkdir -p local/target; echo '[INFO] BUILD SUCCESS'");
        return copy;
    }

    private static Path jdk(Path directory, String version) throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        Files.writeString(directory.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        writeExecutable(
                directory.resolve("bin/java"),
                "#!/bin/sh\necho '    java.home = " + directory + "'\necho started by " + version + "\n");
        writeExecutable(directory.resolve("bin/javac"), "#!/bin/sh\n");
        return directory;
    }

    private static void writeExecutable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Outcome run(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(elsewhere, "out", "");
        Path err = Files.createTempFile(elsewhere, "err", "");
        List<String> words = new ArrayList<>(List.of(script.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(elsewhere.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("THROUGHLINE_DATA", elsewhere.resolve("data").toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private record Outcome(int exit, String out, String err) {}
}
