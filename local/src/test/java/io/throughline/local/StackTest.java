package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackTest {
    private static final String FAKE = TestProcess.class.getName();

    @TempDir
    private Path directory;

    private final RecordedProgress progress = new RecordedProgress();

    private StackOptions processesOnly(String name) {
        return StackOptions.isolated(directory.resolve(name), directory)
                .withMainClasses(Map.of(StackPart.SANDBOX, FAKE, StackPart.WORKER, FAKE, StackPart.API_SERVER, FAKE))
                .withParts(EnumSet.of(StackPart.WORKER, StackPart.API_SERVER));
    }

    @Test
    void startsEachProcessWithTheAddressesOfTheOthers() throws Exception {
        StackOptions options = processesOnly("a")
                .withParts(EnumSet.of(StackPart.POSTGRES, StackPart.WORKER))
                .withEnvironment(Map.of("EXTRA", "of the test"));
        try (Stack stack = Stack.start(options, progress)) {
            assertThat(variable(stack, "THROUGHLINE_DATABASE_URL"))
                    .isEqualTo(stack.database().jdbcUrl(Stack.DATABASE));
            assertThat(variable(stack, "THROUGHLINE_DATABASE_PASSWORD"))
                    .isEqualTo(stack.database().password());
            assertThat(variable(stack, "SHOPIFY_BASE_URL"))
                    .isEqualTo("http://127.0.0.1:" + stack.port(Ports.Use.SHOPIFY));
            assertThat(variable(stack, "THROUGHLINE_PUBLIC_URL"))
                    .isEqualTo(stack.api().toString());
            assertThat(variable(stack, "EXTRA")).isEqualTo("of the test");
            assertThat(Files.readString(stack.log(StackPart.WORKER))).contains("arguments server config/worker.yml");
        }
        assertThat(progress.lines()).anyMatch(line -> line.startsWith("worker ") && line.contains("ready in"));
        assertThat(progress.lines()).containsSubsequence("stopping worker", "stopping postgres");
    }

    @Test
    void tellsWhenAProcessDiesWithTheEndOfItsLog() throws Exception {
        try (Stack stack = Stack.start(processesOnly("a"), progress)) {
            assertThatThrownBy(() -> get(worker(stack).resolve("/die"))).isInstanceOf(IOException.class);

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !progress.problems().isEmpty());
            assertThat(progress.problems().getFirst())
                    .contains("worker", "has ended by itself", "dying on request")
                    .contains(stack.log(StackPart.WORKER).toString());
            assertThat(stack.alive(StackPart.API_SERVER)).isTrue();
        }
    }

    @Test
    void aProcessIsKilledWithoutComplaintAndStartedAgain() throws Exception {
        try (Stack stack = Stack.start(processesOnly("a"), progress)) {
            long before = stack.process(StackPart.WORKER).orElseThrow().pid();

            stack.kill(StackPart.WORKER);
            assertThat(stack.alive(StackPart.WORKER)).isFalse();
            stack.start(StackPart.WORKER);

            assertThat(stack.process(StackPart.WORKER).orElseThrow().pid()).isNotEqualTo(before);
            assertThat(get(worker(stack))).isEqualTo("ready");
        }
        assertThat(progress.problems()).isEmpty();
    }

    @Test
    void aPausedProcessAnswersNobodyUntilItIsResumed() throws Exception {
        try (Stack stack = Stack.start(processesOnly("a"), progress)) {
            stack.pause(StackPart.WORKER);
            assertThatThrownBy(() -> get(worker(stack), Duration.ofSeconds(1)))
                    .isInstanceOf(HttpTimeoutException.class);

            stack.resume(StackPart.WORKER);
            assertThat(get(worker(stack))).isEqualTo("ready");

            stack.pause(StackPart.WORKER);
        }
        assertThat(progress.problems()).isEmpty();
    }

    @Test
    void aProcessThatCannotStartIsShownWithItsLogAndTheOthersAreStopped() {
        StackOptions options = processesOnly("a").withEnvironment(Map.of("TEST_FAILS_AT_START", "api-server"));

        assertThatThrownBy(() -> Stack.start(options, progress))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("api-server ended while it was starting")
                .hasMessageContaining("the configuration has no valid setting for anything");
        assertThat(progress.lines()).contains("stopping worker");
        Stack.start(processesOnly("a"), progress).close();
    }

    @Test
    void aSecondStackOnTheSameDirectoryIsRefusedInPlainWords() {
        try (Stack first = Stack.start(processesOnly("a").withParts(EnumSet.of(StackPart.WORKER)), progress)) {
            assertThatThrownBy(() -> Stack.start(processesOnly("a"), progress))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("already running on " + first.directory())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void theDirectoryOfARunningStackIsNotEmptied() throws IOException {
        Path note = Files.createDirectories(directory.resolve("a/cache")).resolve("note");
        Files.writeString(note, "kept");
        try (Stack running = Stack.start(processesOnly("a").withParts(EnumSet.of(StackPart.WORKER)), progress)) {
            assertThatThrownBy(() -> StateDirectory.empty(running.directory(), Set.of(), progress))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("already running on " + running.directory());
            assertThat(running.log(StackPart.WORKER)).exists();
        }

        StateDirectory.empty(directory.resolve("a"), Set.of("cache"), progress);

        assertThat(note).hasContent("kept");
        assertThat(directory.resolve("a/logs")).doesNotExist();
    }

    @Test
    void severalStacksRunSideBySide() throws Exception {
        try (Stack first = Stack.start(processesOnly("a"), progress);
                Stack second = Stack.start(processesOnly("b"), progress)) {
            assertThat(get(worker(first))).isEqualTo("ready");
            assertThat(get(worker(second))).isEqualTo("ready");
            assertThat(first.api()).isNotEqualTo(second.api());
        }
    }

    @Test
    void addressesStayTheSameFromRunToRun() {
        URI before;
        try (Stack first = Stack.start(processesOnly("a").withParts(EnumSet.of(StackPart.WORKER)), progress)) {
            before = first.api();
        }
        try (Stack second = Stack.start(processesOnly("a").withParts(EnumSet.of(StackPart.WORKER)), progress)) {
            assertThat(second.api()).isEqualTo(before);
        }
    }

    @Test
    void theLocalKeyIsPrintedByTheStartThatMadeItAndByNoOther() throws IOException {
        StackOptions options = processesOnly("a")
                .withParts(EnumSet.of(StackPart.TEMPORAL, StackPart.API_SERVER))
                .withTemporal(TemporalInstaller.inMemory());
        String first;
        String key;
        try (Stack stack = Stack.start(options, progress)) {
            first = Summary.of(stack);
            key = Files.readString(stack.localApiKeyFile()).strip();
        }
        String second;
        try (Stack stack = Stack.start(options, progress)) {
            second = Summary.of(stack);
        }

        assertThat(key).isNotBlank();
        assertThat(first).containsOnlyOnce(key).contains(key + ", kept in ");
        assertThat(second).doesNotContain(key).containsPattern("API key +in .*/api-key");
    }

    @Test
    void whatAKilledRunLeftBehindIsEnded() throws Exception {
        Process leftover = new ProcessBuilder("sleep", "600").start();
        try (StateDirectory state = StateDirectory.open(directory.resolve("a"))) {
            state.recordProcess(StackPart.WORKER, leftover.toHandle());
        }

        Stack.start(processesOnly("a").withParts(EnumSet.of(StackPart.SANDBOX)), progress)
                .close();

        assertThat(leftover.isAlive()).isFalse();
        assertThat(progress.lines()).anyMatch(line -> line.startsWith("ending worker (process " + leftover.pid()));
    }

    @Test
    void aProcessNumberThatAnotherProgramHasGotSinceIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Path run = Files.createDirectories(directory.resolve("a/run"));
            Files.writeString(run.resolve("worker.pid"), stranger.pid() + " 12345");

            Stack.start(processesOnly("a").withParts(EnumSet.of(StackPart.SANDBOX)), progress)
                    .close();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    private static String variable(Stack stack, String name) throws IOException, InterruptedException {
        return get(worker(stack).resolve("/variable/" + name));
    }

    private static URI worker(Stack stack) {
        return StackEnvironment.local(stack.port(Ports.Use.WORKER_ADMIN)).resolve("/");
    }

    private static String get(URI address) throws IOException, InterruptedException {
        return get(address, Duration.ofSeconds(20));
    }

    private static String get(URI address, Duration patience) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(patience).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
