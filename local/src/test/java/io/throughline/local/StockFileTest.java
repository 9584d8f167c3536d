package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is handed over with what was said of it, and its import is watched to its end. */
class StockFileTest {
    @TempDir
    private Path directory;

    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private HttpServer api;

    @BeforeEach
    void open() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
    }

    @AfterEach
    void close() {
        api.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).strip());
        byte[] body = (exchange.getRequestMethod().equals("POST")
                        ? "{\"importId\":\"I-7\"}"
                        : "{\"status\":\"DONE\",\"rate\":12.5,\"rows\":{\"all\":2,\"taken\":2,\"percent\":100,\"booked\":1,\"refused\":1},\"refused\":[{\"row\":2,\"line\":3,\"reason\":\"sku"
                                + " must be given\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void whatBecameOfTheRowsIsShown() throws Exception {
        Path file = Files.writeString(directory.resolve("stock.csv"), "sku,quantity\n");
        StockFile.Order order = StockFile.Order.of(
                List.of(file.toString(), "--facility", "WH-WEST", "--as-of", "2026-11-23T10:00:00Z"));

        boolean whole = new StockFile(
                        new ApiClient(
                                URI.create(
                                        "http://127.0.0.1:" + api.getAddress().getPort()),
                                "key"),
                        new PrintStream(shown, true, StandardCharsets.UTF_8))
                .hand(order);

        assertThat(whole).isFalse();
        assertThat(asked)
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
