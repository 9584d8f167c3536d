package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.local.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as the front door starts it, in a path with a space, where no real Temporal server can be had. */
final class DemoTest {
    @TempDir
    private Path directory;

    private Path spaced;
    private Process demo;
    private Path output;

    @BeforeEach
    void startWithoutARealTemporal() throws IOException {
        output = directory.resolve("output");
        Path project = House.project();
        spaced = Files.createSymbolicLink(directory.resolve("a retailer"), project);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dthroughline.home=" + project,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo",
                "--incident",
                "4"));
        // So that also what this project has compiled, and its configuration, is reached by a path with a space.
        command.replaceAll(word -> word.replace(project.toString(), spaced.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "THROUGHLINE_TEMPORAL",
                        "in-memory",
                        "THROUGHLINE_DATA",
                        directory.resolve("its own data").toString()));
        demo = builder.start();
    }

    @AfterEach
    void endWhatIsLeft() throws IOException {
        List<ProcessHandle> family = new ArrayList<>(demo.descendants().toList());
        family.add(demo.toHandle());
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().join());
        Files.delete(spaced);
    }

    @Test
    @Timeout(480)
    void theStoreDayIsPlayedInMemoryAndWhatThatLacksIsNamed() throws Exception {
        boolean ended = demo.waitFor(420, TimeUnit.SECONDS);

        String told = Files.readString(output);
        assertThat(ended).as(told).isTrue();
        assertThat(demo.exitValue()).as(told).isZero();
        assertThat(told)
                .containsPattern("Temporal UI +none")
                .contains("in-memory test server, because THROUGHLINE_TEMPORAL asks for it. Missing: the web UI")
                .contains("left out: 'Temporal killed on the way' needs a real Temporal server")
                .contains("All 21 orders and sales ended as their scripts say.")
                .contains("split WH-WEST + ST-HARBOR", "pickup ST-DOWNTOWN", "ST-DOWNTOWN > cancelled")
                .contains("is paid by its credit", "in time: no penalty", "the marketplace charges for it")
                .contains("the shop shows 12")
                .contains("though reminded, is on the shelf again", "come in and leave, then the rest")
                .contains("does not take it in: somebody is asked", "does not answer for a label")
                .contains("lets its time pass without a word", "about which somebody is asked")
                .containsPattern("ERP_PERIOD_CLOSED +[45] +[0-9a-f]{16} +RETRY .* 4 COMPLETED")
                .containsPattern("FACILITY_SILENT +2 +[0-9a-f]{16} +REROUTE")
                .contains("nothing is open, and nothing was there twice")
                .contains("--keep leaves it up")
                .endsWith("stopping postgres" + System.lineSeparator())
                .doesNotContain("NO ");
    }
}
