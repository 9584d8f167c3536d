package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImports;
import io.throughline.runtime.retailer.Retailer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Warehouse feeds over HTTP, by the committed configuration. */
final class WarehouseFeedTest {
    private static final String CSV = "text/csv";
    private static final String LINES = "application/x-ndjson";
    private static final String JSON = "application/json";
    private static final String DELTA = "?mode=DELTA&feed=";
    private static final AtomicInteger FULL_FEEDS = new AtomicInteger();

    private final TestingApi api = TestingApi.get();
    private final Retailer retailer = Retailer.load(Path.of("../config"), Map.of());
    private final StockImports imports =
            api.database().stock(retailer.stockRules(Clock.systemUTC())).stockImports(retailer.catalog());

    @Test
    void aFileIsAnsweredAtOnceAndFollowedByItsImport() {
        Answer accepted = hand(full(), CSV, """
            sku,quantity,measure
            NW-CAP-NVY,12,
            "NW-BAG-TAN",3,DAMAGED

            NW-NOTHING,1,
            NW-MUG-RED,1
            NW-MUG-RED,many,
            """);

        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        String id = accepted.text("/importId");
        assertThat(accepted.header("Location")).endsWith("/v1/imports/" + id);
        Answer waiting = api.get("/v1/imports/" + id, Role.VIEWER);
        assertThat(waiting.text("/status")).isEqualTo("BOOKING");
        assertThat(waiting.json().at("/rows/all").asInt()).isEqualTo(5);
        assertThat(waiting.json().at("/rows/percent").asInt()).isZero();

        imports.book(new ImportId(id), 100);
        imports.book(new ImportId(id), 100);

        Answer done = api.get("/v1/imports/" + id, Role.VIEWER);
        assertThat(done.text("/status")).as(done.body()).isEqualTo("DONE");
        assertThat(done.json().at("/rows/booked").asInt()).isEqualTo(2);
        assertThat(done.json().at("/rows/refused").asInt()).isEqualTo(3);
        assertThat(done.json().at("/refused").findValuesAsText("line")).containsExactly("5", "6", "7");
        assertThat(done.text("/refused/0/reason")).contains("not in the catalogue");
        assertThat(done.text("/refused/1/reason")).contains("2 fields");
        assertThat(done.text("/account")).isEqualTo("wms-west");
    }

    @Test
    void theSameFileAgainIsTheSameImport() {
        String target = full();
        Answer first = hand(target, CSV, "sku,quantity\nNW-CAP-NVY,12\n");
        Answer again = hand(target, CSV, "sku,quantity\nNW-CAP-NVY,12\n");
        Answer other = hand(target, CSV, "sku,quantity\nNW-CAP-NVY,13\n");
        Answer next = hand(target + "&sequence=2", CSV, "sku,quantity\nNW-CAP-NVY,13\n");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.text("/importId")).isEqualTo(first.text("/importId"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.status()).isEqualTo(422);
        assertThat(next.status()).isEqualTo(202);
        assertThat(next.text("/importId")).isNotEqualTo(first.text("/importId"));
    }

    @Test
    void jsonComesInLinesOrInOneArray() {
        Answer lines = hand(DELTA + feed(), LINES, """
            {"id":"L1","kind":"RECEIPT","sku":"NW-CAP-NVY","quantity":2,"occurred_at":"2026-11-23T11:00:00Z"}
            {"id":"L2","kind":"RECEIPT"
            {"id":"L3","kind":"RECEIPT","sku":"NW-CAP-NVY","quantity":2,"occurred_at":"2026-11-23T11:00:00Z","colour":"red"}
            {"id":"L4","kind":"ADJUSTMENT","sku":"NW-CAP-NVY","quantity":-1,"reason":"dropped","occurred_at":"2026-11-23T11:00:00Z"}
            """);
        Answer array = hand(full(), JSON, """
            [{"sku":"NW-CAP-NVY","quantity":"7"},
             {"sku":"NW-BAG-TAN","quantity":8, "measure":null}, 5]
            """);

        assertThat(done(lines)).as(lines.body()).isEqualTo("2 booked, 2 refused");
        assertThat(done(array)).as(array.body()).isEqualTo("2 booked, 1 refused");
    }

    @Test
    void aLongFileIsTakenWhole() {
        String body = IntStream.range(0, 20_000)
                .mapToObj(i -> "F" + i + ",RECEIPT,NW-SCARF-GRY,1,2026-11-23T10:00:00Z,padding to make the file long "
                        + "x".repeat(60))
                .collect(Collectors.joining("\n", "id,kind,sku,quantity,occurred_at,reason\n", "\n"));
        assertThat(body.length()).isGreaterThan(2 << 20);

        Answer answer = hand(DELTA + feed(), CSV, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(api.get("/v1/imports/" + answer.text("/importId"), Role.SUPPORT)
                        .json()
                        .at("/rows/all")
                        .asInt())
                .isEqualTo(20_000);
    }

    @Test
    void whatIsRefusedLeavesNothing() {
        Map<String, String> before = api.rows();

        assertThat(hand(full(), CSV, "sku,quantity\nNW-CAP-NVY,\"12\n").status())
                .isEqualTo(400);
        assertThat(hand(full(), CSV, "sku,units\nNW-CAP-NVY,12\n").status()).isEqualTo(400);
        assertThat(hand(full(), CSV, "sku\nNW-CAP-NVY\n").status()).isEqualTo(400);
        assertThat(hand(full(), CSV, "").status()).isEqualTo(400);
        assertThat(hand(full(), JSON, "[{\"sku\":\"NW-CAP-NVY\",\"quantity\":1},")
                        .status())
                .isEqualTo(400);
        assertThat(hand(full(), JSON, "{\"sku\":\"NW-CAP-NVY\"}").status()).isEqualTo(400);
        assertThat(hand(full(), JSON, "[]").status()).isEqualTo(400);
        assertThat(send(full(), CSV, new byte[] {'s', 'k', 'u', (byte) 0xff, '\n', 'x', '\n'})
                        .status())
                .isEqualTo(400);
        assertThat(hand(full(), "application/xml", "<stock/>").status()).isEqualTo(415);

        assertThat(api.rows()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                                                              | 400
        ?mode=PART&feed=a                                               | 400
        ?mode=DELTA                                                     | 400
        ?mode=DELTA&feed=a b                                            | 400
        ?mode=DELTA&feed=a&feed=b                                       | 400
        ?mode=DELTA&feed=a&sequence=0                                   | 400
        ?mode=DELTA&feed=a&sequence=x                                   | 400
        ?mode=DELTA&feed=a&as_of=2026-11-23T10:00:00Z                   | 400
        ?mode=DELTA&feed=a&account=northwind                            | 400
        ?mode=DELTA&feed=a&account=nobody                               | 400
        ?mode=DELTA&feed=a&colour=red                                   | 400
        ?mode=FULL&feed=a                                               | 400
        ?mode=FULL&feed=a&as_of=2026-11-23T10:00:00Z                    | 400
        ?mode=FULL&feed=a&as_of=now&unnamed=ZERO                        | 400
        """)
    void saysWhatIsWrongWithARequest(String query, int status) {
        assertThat(hand(query.replace(" ", "%20"), CSV, "sku,quantity\nNW-CAP-NVY,1\n")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void whereNoWarehouseSystemMovesTheStockTheAccountIsNamed() {
        String query = "/v1/facilities/WH-EAST/stock-feed" + full();

        assertThat(post(query, CSV, "sku,quantity\nNW-CAP-NVY,1\n").status()).isEqualTo(400);
        Answer named = post(query + "&account=wms-west", CSV, "sku,quantity\nNW-CAP-NVY,1\n");
        assertThat(named.status()).isEqualTo(202);
        assertThat(done(named)).isEqualTo("0 booked, 0 refused");
        assertThat(post("/v1/facilities/NOWHERE/stock-feed" + full(), CSV, "sku,quantity\n")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void onlyWhatIsThereIsShown() {
        assertThat(api.get("/v1/imports/I-999999999", Role.VIEWER).status()).isEqualTo(404);
        assertThat(api.get("/v1/imports/x", Role.VIEWER).status()).isEqualTo(404);
        assertThat(api.send(api.to("/v1/facilities/WH-WEST/stock-feed" + full(), Role.SUPPORT)
                                .header("Content-Type", CSV)
                                .POST(HttpRequest.BodyPublishers.ofString("sku,quantity\nNW-CAP-NVY,1\n")))
                        .status())
                .isEqualTo(403);
    }

    private String done(Answer accepted) {
        ImportId id = new ImportId(accepted.text("/importId"));
        while (!imports.book(id, 100).done()) {
            // The next rows.
        }
        Answer view = api.get("/v1/imports/" + id, Role.VIEWER);
        return view.json().at("/rows/booked").asInt() + " booked, "
                + view.json().at("/rows/refused").asInt() + " refused";
    }

    /** A feed of its own that is later than the ones before, since of two with one time only one counts. */
    private static String full() {
        Instant asOf = Instant.parse("2026-11-23T10:00:00Z").plusSeconds(FULL_FEEDS.incrementAndGet());
        return "?mode=FULL&unnamed=UNTOUCHED&as_of=" + asOf + "&feed=" + feed();
    }

    private static String feed() {
        return UUID.randomUUID().toString();
    }

    private Answer hand(String query, String type, String body) {
        return send(query, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private Answer post(String path, String type, String body) {
        return api.send(api.to(path, Role.INTEGRATION)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer send(String query, String type, byte[] body) {
        return api.send(api.to("/v1/facilities/WH-WEST/stock-feed" + query, Role.INTEGRATION)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }
}
