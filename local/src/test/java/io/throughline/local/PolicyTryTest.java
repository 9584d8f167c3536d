package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy is handed over with the window that was asked for, and both policies are shown side by side. */
class PolicyTryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String TRIAL = """
            {"from":"2026-11-16T10:00:00Z","until":"2026-11-23T10:00:00Z","whole":true,
             "active":{"policy":"routing-1","orders":9,"placed":9,"fillRate":100.0,"parcels":9,"splitOrders":0,
                "kilometresPerParcel":120.5,"cost":"45.00","currency":"USD","promiseKept":88.9,"left":[],
                "loads":[{"facility":"WH-EAST","pieces":9,"units":18}]},
             "candidate":{"policy":"routing-2","orders":9,"placed":8,"fillRate":88.9,"parcels":9,"splitOrders":1,
                "promiseKept":100.0,"left":[{"otherwise":"CASE","orders":1}],
                "loads":[{"facility":"ST-HARBOR","pieces":9,"units":16}]},
             "moved":9,"moves":[{"order":"O-7K2M9Q4XTA","from":"WH-EAST (2)","to":"ST-HARBOR (2)","why":"far, WH-EAST TOO_FAR"}]}
            """;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private TestingApi api;

    @BeforeEach
    void open() throws IOException {
        api = new TestingApi(_ -> TRIAL);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void bothAreShownSideBySide() throws Exception {
        Path file = Files.writeString(directory.resolve("routing-2.yml"), "version: routing-2\n");
        Path plot = directory.resolve("plot.svg");

        new PolicyTry(api.client(), new PrintStream(shown, true, StandardCharsets.UTF_8))
                .run(PolicyTry.Order.of(
                        List.of(file.toString(), "--orders", "P7D", "--promise", "P1D", "--plot", plot.toString()),
                        NOW));

        assertThat(api.asked())
                .containsExactly("POST /v1/policies/routing/trials?from=2026-11-16T10:00:00Z&until=2026-11-23T10:00:00Z"
                        + "&promise=P1D version: routing-2");
        assertThat(shown.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "routing-1 routing-2",
                        "given out 9 8",
                        "fill rate 100.0 % 88.9 %",
                        "km a parcel 120.5 ?",
                        "cost 45.00 USD ?",
                        "nobody: CASE 0 1",
                        "work of WH-EAST 9 0",
                        "work of ST-HARBOR 0 9",
                        "9 orders move",
                        "O-7K2M9Q4XTA: WH-EAST (2) → ST-HARBOR (2) (far, WH-EAST TOO_FAR)");
        assertThat(Files.readString(plot))
                .startsWith("<svg ")
                .contains(">WH-EAST</text>", ">ST-HARBOR</text>", "width=\"550\"")
                .endsWith("</svg>\n");
    }

    @Test
    void aWindowMayBeTwoInstants() {
        PolicyTry.Order order = PolicyTry.Order.of(
                List.of("routing-2.yml", "--orders", "2026-11-01T00:00:00Z/2026-11-08T00:00:00Z"), NOW);

        assertThat(order.from()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(order.until()).isEqualTo("2026-11-08T00:00:00Z");
    }

    @Test
    void wordsThatSayNothingAreRefused() {
        for (List<String> words : List.of(
                List.of("routing-2.yml"),
                List.of("routing-2.yml", "--orders"),
                List.of("routing-2.yml", "--orders", "lately"),
                List.of("routing-2.yml", "--orders", "P7D", "--colour", "red"))) {
            assertThatThrownBy(() -> PolicyTry.Order.of(words, NOW)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
