package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is handed over with what was said of it, and its import is watched to its end. */
class StockFileTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private TestingApi api;

    @BeforeEach
    void open() throws IOException {
        api = new TestingApi(StockFileTest::answer);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static String answer(HttpExchange asked) {
        return asked.getRequestMethod().equals("POST")
                ? "{\"importId\":\"I-7\"}"
                : "{\"status\":\"DONE\",\"rate\":12.5,\"rows\":{\"all\":2,\"taken\":2,\"percent\":100,\"booked\":1,\"refused\":1},\"refused\":[{\"row\":2,\"line\":3,\"reason\":\"sku"
                        + " must be given\"}]}";
    }

    @Test
    void whatBecameOfTheRowsIsShown() throws Exception {
        Path file = Files.writeString(directory.resolve("stock.csv"), "sku,quantity\n");
        StockFile.Order order = StockFile.Order.of(
                List.of(file.toString(), "--facility", "WH-WEST", "--as-of", "2026-11-23T10:00:00Z"));

        boolean whole = new StockFile(api.client(), new PrintStream(shown, true, StandardCharsets.UTF_8)).hand(order);

        assertThat(whole).isFalse();
        assertThat(api.asked())
                .containsExactly(
                        "POST /v1/facilities/WH-WEST/stock-feed?as_of=2026-11-23T10%3A00%3A00Z&mode=FULL&feed=stock.csv"
                                + "&unnamed=UNTOUCHED sku,quantity",
                        "GET /v1/imports/I-7 ");
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("I-7: 100%, 2 of 2 rows")
                .contains("1 booked")
                .contains("! line 3: sku must be given");
    }

    @Test
    void wordsThatSayNothingAreRefused() {
        for (List<String> words : List.of(
                List.of("stock.csv"),
                List.of("--facility", "WH-WEST"),
                List.of("stock.csv", "--facility"),
                List.of("stock.csv", "--facility", "WH-WEST", "--colour", "red"),
                List.of("stock.csv", "more.csv", "--facility", "WH-WEST"))) {
            assertThatThrownBy(() -> StockFile.Order.of(words)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
