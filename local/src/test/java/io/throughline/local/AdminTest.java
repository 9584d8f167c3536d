package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes much is shown first, and done when it is asked for. */
class AdminTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private TestingApi api;
    private int goes;

    @BeforeEach
    void open() throws IOException {
        api = new TestingApi(this::answer);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private String answer(HttpExchange asked) {
        String target = asked.getRequestURI().toString();
        return switch (target) {
            case "/v1/inbox/replays?preview=true" -> """
                {"matching": 3, "sample": [{"id": 7, "account": "northwind", "topic": "orders/paid",
                 "subject": "order/northwind/1", "receivedAt": "2026-11-26T10:00:00Z"}]}
                """;
            case "/v1/inbox/replays" ->
                ++goes == 1
                        ? "{\"replayed\": 2, \"last\": 9, \"more\": true}"
                        : "{\"replayed\": 1, \"last\": 12, \"more\": false}";
            case "/v1/effects/redrives?preview=true" -> "{\"matching\": 2, \"sample\": []}";
            case "/v1/effects/redrives" ->
                ++goes == 1 ? "{\"woken\": 400, \"left\": [], \"unattended\": [], \"next\": \"m1\"}" : """
                        {"woken": 1, "left": ["inventory/northwind"], "unattended": [
                          {"account": "northwind", "subject": "inventory/northwind", "operation": "publish", "intent": 2}]}
                        """;
            case "/v1/effects/settlements" -> """
                {"account": "northwind", "subject": "inventory/northwind", "operation": "publish", "intent": 2,
                 "state": "SUCCEEDED"}
                """;
            case "/v1/systems/northwind/reconciliations" -> "{\"askedAt\": \"2026-11-26T10:00:00Z\"}";
            case "/v1/systems/northwind/reconciliations?since=2026-11-26T10:00:00Z" -> """
                {"feeds": [{"feed": "orders", "completeUpTo": "2026-11-26T10:00:05Z"}], "found": 700, "handled": 640,
                 "repairs": [{"subject": "order/northwind/9", "topic": "throughline/reconciled",
                   "foundAt": "2026-11-26T10:00:02Z", "handled": true},
                  {"subject": "order/northwind/8", "topic": "throughline/reconciled",
                   "foundAt": "2026-11-26T10:00:01Z", "handled": false}]}
                """;
            case "/v1/rebuilds" -> """
                {"models": [{"model": "names", "tells": "By which names", "mended": true},
                 {"model": "balances", "tells": "What is there", "mended": false}]}
                """;
            case "/v1/rebuilds/names" -> ++goes == 1 ? "{\"askedAt\": \"2026-11-26T10:00:00Z\", \"percent\": 0}" : """
                        {"askedAt": "2026-11-26T10:00:00Z", "endedAt": "2026-11-26T10:01:00Z", "percent": 100, "checked": 900,
                         "differed": 3, "mended": 2, "apart": ["N1 of O-1"]}
                        """;
            default ->
                "{\"account\": \"square\", \"system\": \"SQUARE\", \"paused\": true,"
                        + " \"pause\": {\"actor\": \"ada\", \"reason\": \"its upgrade\"}}";
        };
    }

    @Test
    void aSystemIsPausedWithTheReason() throws Exception {
        run("pause", "square", "--reason", "its upgrade");

        assertThat(api.asked()).containsExactly("POST /v1/systems/square/pause {\"reason\":\"its upgrade\"}");
        assertThat(shown()).contains("square", "PAUSED by ada: its upgrade");
    }

    @Test
    void aRateIsSetAndTakenAway() throws Exception {
        run("rate", "square", "0.5", "--reason", "it is just back");
        run("rate", "square", "none", "--reason", "well");

        assertThat(api.asked())
                .containsExactly(
                        "POST /v1/systems/square/rate {\"perSecond\":0.5,\"reason\":\"it is just back\"}",
                        "POST /v1/systems/square/rate {\"reason\":\"well\"}");
    }

    @Test
    void withoutYesAReplayIsOnlyShown() throws Exception {
        run("replay", "dead-letters", "--account", "northwind");

        assertThat(api.asked())
                .containsExactly(
                        "POST /v1/inbox/replays?preview=true {\"account\":\"northwind\",\"kind\":\"DEAD_LETTERS\"}");
        assertThat(shown()).contains("3 messages", "orders/paid about order/northwind/1", "--yes");
    }

    @Test
    void aReplayGoesOnUntilNothingIsLeftAndTellsHowFarItIs() throws Exception {
        run("replay", "dead-letters", "--yes");

        assertThat(api.asked())
                .containsExactly(
                        "POST /v1/inbox/replays?preview=true {\"kind\":\"DEAD_LETTERS\"}",
                        "POST /v1/inbox/replays {\"kind\":\"DEAD_LETTERS\"}",
                        "POST /v1/inbox/replays {\"kind\":\"DEAD_LETTERS\",\"after\":9}");
        assertThat(shown()).contains("2 of 3 put back", "3 of 3 put back");
    }

    @Test
    void aRedriveGoesOnUntilNothingIsLeftAndNamesWhatHasNoProcess() throws Exception {
        run("redrive", "--account", "northwind", "--yes");

        assertThat(api.asked())
                .containsExactly(
                        "POST /v1/effects/redrives?preview=true {\"account\":\"northwind\"}",
                        "POST /v1/effects/redrives {\"account\":\"northwind\"}",
                        "POST /v1/effects/redrives {\"account\":\"northwind\",\"after\":\"m1\"}");
        assertThat(shown())
                .contains(
                        "2 effects",
                        "401 processes look for theirs",
                        "no process stands for inventory/northwind",
                        "admin settle northwind inventory/northwind publish 2 happened");
    }

    @Test
    void whatSomebodyHasFoundSettlesAnEffect() throws Exception {
        run("settle", "northwind", "inventory/northwind", "publish", "2", "happened", "--reference", "4711");
        run("settle", "northwind", "inventory/northwind", "publish", "2", "not-there");

        String key =
                "{\"account\":\"northwind\",\"subject\":\"inventory/northwind\",\"operation\":\"publish\",\"intent\":2,";
        assertThat(api.asked())
                .containsExactly(
                        "POST /v1/effects/settlements " + key + "\"found\":\"HAPPENED\",\"reference\":\"4711\"}",
                        "POST /v1/effects/settlements " + key + "\"found\":\"NOT_THERE\"}");
        assertThat(shown()).contains("publish of inventory/northwind is SUCCEEDED");
    }

    @Test
    void aComparisonTellsWhatItHasRepaired() throws Exception {
        run("reconcile", "northwind");

        assertThat(shown())
                .contains(
                        "orders: complete up to 2026-11-26T10:00:05Z",
                        "order/northwind/9 (throughline/reconciled): taken in",
                        "order/northwind/8 (throughline/reconciled): handed over",
                        "and 698 more",
                        "640 repaired, 60 handed over and not taken in yet");
    }

    @Test
    void aReadModelIsMadeAnewAndWhatDifferedIsTold() throws Exception {
        run("rebuild", "names");
        run("rebuild");

        assertThat(api.asked())
                .containsExactly("POST /v1/rebuilds/names {}", "GET /v1/rebuilds/names ", "GET /v1/rebuilds ");
        assertThat(shown())
                .contains(
                        "100%, 900 looked at",
                        "N1 of O-1",
                        "3 differed, 2 were mended",
                        "only compared, or somebody",
                        "balances     What is there (compared only)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pause",
                "pause square",
                "pause square --reason",
                "rate square --reason x",
                "rate square fast --reason x",
                "replay",
                "replay everything",
                "replay inbox --acount a",
                "redrive now",
                "settle northwind O-1 capture 1 happened",
                "settle northwind O-1 capture 1 not-there --reference 4711",
                "settle northwind O-1 capture one not-there",
                "settle northwind O-1 capture 1 perhaps",
                "reconcile",
                "reconcile northwind --yes",
                "rebuild balances northwind",
                "rebuild catalogue",
                "rebuild names --yes",
                "explode"
            })
    void whatSaysNothingIsRefused(String words) {
        assertThatThrownBy(() -> Admin.Order.of(words.isEmpty() ? List.of() : List.of(words.split(" "))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void run(String... words) throws Exception {
        assertThat(new Admin(api.client(), new PrintStream(shown, true, StandardCharsets.UTF_8), Duration.ofSeconds(5))
                        .run(Admin.Order.of(List.of(words))))
                .isTrue();
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
