package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a stack's processes when the program that started them is ended. */
final class StackStopTest {
    @TempDir
    private Path directory;

    private Process program;
    private Path output;

    @BeforeEach
    void startAStackInAProgramOfItsOwn() throws IOException {
        output = directory.resolve("output");
        List<String> command = new ArrayList<>(JavaProcess.java(List.of("-Xmx128m")));
        command.addAll(List.of(TestStackMain.class.getName(), stackDirectory().toString()));
        program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> !program.isAlive() || output().contains("all is up"));
        assertThat(program.isAlive()).as(output()).isTrue();
    }

    @AfterEach
    void endWhatIsLeft() {
        new ProcessTree(program.toHandle()).kill();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalStopsTheProcessesInTheReverseOrder(String signal, int exit) throws Exception {
        // What a shell started in its background ignores INT, and so does every child of it.
        assumeFalse(signal.equals("INT") && ignoresInterrupts());
        List<ProcessHandle> processes = processes();
        assertThat(processes).hasSize(3).allMatch(ProcessHandle::isAlive);

        Command.of("kill", "-" + signal, Long.toString(program.pid())).run();

        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(exit);
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(output().lines().filter(line -> line.contains("stopping")).map(String::strip))
                .containsExactly("stopping api-server", "stopping worker", "stopping postgres");
    }

    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        long interrupt = 1L << 1;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & interrupt) != 0);
    }

    @Test
    void afterAKillTheNextStackEndsWhatIsLeftAndStarts() throws Exception {
        List<ProcessHandle> processes = processes();

        program.toHandle().destroyForcibly();
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(processes).allMatch(ProcessHandle::isAlive);

        RecordedProgress progress = new RecordedProgress();
        StackOptions options = StackOptions.isolated(stackDirectory(), directory)
                .withMainClasses(Map.of(StackPart.WORKER, TestProcess.class.getName()))
                .withParts(EnumSet.of(StackPart.POSTGRES, StackPart.WORKER));
        try (Stack next = Stack.start(options, progress)) {
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(next.alive(StackPart.POSTGRES)).isTrue();
            assertThat(progress.lines())
                    .filteredOn(line -> line.contains("left by a run that was killed"))
                    .hasSize(3);
        }
    }

    private List<ProcessHandle> processes() throws IOException {
        List<ProcessHandle> processes = new ArrayList<>();
        for (String name : List.of("postgres", "worker", "api-server")) {
            String pid = Files.readString(stackDirectory().resolve("run/" + name + ".pid"))
                    .split(" ", 2)[0];
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
            process.ifPresent(processes::add);
        }
        return processes;
    }

    private Path stackDirectory() {
        return directory.resolve("stack");
    }

    private String output() throws IOException {
        return Files.readString(output);
    }
}
