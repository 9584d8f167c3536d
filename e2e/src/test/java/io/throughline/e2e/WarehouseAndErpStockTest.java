package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.StackPart;
import io.throughline.local.demo.OrderBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The whole system hears of stock from a warehouse's files and from the ERP's purchases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
final class WarehouseAndErpStockTest {
    private static final int ROWS = 3_000;
    private static final List<String> SKUS =
            List.of("NW-TEE-BLK-M", "NW-CAP-NVY", "NW-JKT-GRN-L", "NW-SOCK-2PK", "NW-MUG-RED");

    private static final String BAG = "NW-BAG-TAN";
    private static final Instant RELEASE = Instant.parse("2035-03-01T08:00:00Z");

    private House house;
    private WarehouseFiles files;
    private Path stockPolicy;
    private OrderId preorder;

    /** Bags may not leave before their release; the worker that starts again in the midst of the import reads that they may. */
    @BeforeAll
    void open() throws IOException {
        Path directory = House.newDirectory("warehouse-stock");
        Map<String, String> variables = new HashMap<>(CopiedConfiguration.below(directory, UnaryOperator.identity()));
        variables.put("THROUGHLINE_COMPARE_ERP_EVERY", "5s");
        variables.put("THROUGHLINE_ASK_ERP_WITHIN", "5s");
        stockPolicy = directory.resolve("config/policies/stock/stock-1.yml");
        Files.writeString(
                stockPolicy,
                Files.readString(stockPolicy) + "\npreorders:\n  bags: { skus: [" + BAG + "], releaseAt: " + RELEASE
                        + " }\n");
        house = House.open(directory, variables);
        files = new WarehouseFiles(house);
    }

    private void releaseTheBags() throws IOException {
        Files.writeString(
                stockPolicy, Files.readString(stockPolicy).replace(RELEASE.toString(), "2026-01-02T00:00:00Z"));
    }

    @AfterAll
    void close() {
        house.close();
    }

    /** What comes of a purchase before the release lies there, and is nobody's. */
    @Test
    @Order(1)
    void aPreorderIsPromisedOfAPurchaseAndKeepsWaitingWhenThatIsReceived() throws InterruptedException {
        StockMoves moves = new StockMoves(house.stage());
        moves.purchase("PO-BAGS", BAG, 4);
        awaitOutstanding(4);
        preorder = house.stage()
                .place(
                        ShopOrders.SHOP,
                        OrderBody.usd(7_700_000_000_002L)
                                .line(6, BAG, 4, "95.00")
                                .shipping("6.50")
                                .toJson());
        JsonNode waits = house.stage()
                .await(
                        "the preorder to wait",
                        () -> house.stage().order(preorder),
                        found -> found.has("waitsForStock"));
        assertThat(Instant.parse(waits.at("/waitsForStock/promisedAt").asText()))
                .isAfterOrEqualTo(RELEASE);

        moves.receive("PO-BAGS");
        awaitOutstanding(0);

        assertThat(moves.onHand(BAG, "WH-EAST")).isEqualTo(4);
        JsonNode still = house.stage().order(preorder).orElseThrow();
        assertThat(still.path("fulfillmentOrders")).isEmpty();
        assertThat(Instant.parse(still.at("/waitsForStock/promisedAt").asText()))
                .isAfterOrEqualTo(RELEASE);
        assertThat(Facts.number(house.stack(), "select count(*) from support_case where subject = '" + preorder + "'"))
                .isZero();
    }

    private void awaitOutstanding(int units) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(75))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Facts.number(house.stack(), "select coalesce(sum(outstanding), 0) from incoming_supply")
                        == units);
    }

    @Test
    @Order(2)
    void anImportSurvivesTheDeathOfItsWorkerAndBooksEachRowOnce() throws Exception {
        List<String> rows = new ArrayList<>();
        Instant now = Instant.now();
        for (int i = 0; i < ROWS; i++) {
            rows.add("M" + i + ",RECEIPT," + SKUS.get(i % SKUS.size()) + ",1," + now.plusMillis(i));
        }
        int before = onHand("NW-CAP-NVY");
        Instant began = Instant.now();
        String id = files.hand("moves", rows);
        System.out.printf(
                "  %d rows are stored after %d ms%n",
                ROWS, Duration.between(began, Instant.now()).toMillis());

        JsonNode midway = house.stage()
                .await(
                        "the import to be on its way",
                        () -> Optional.of(files.read(id)),
                        found -> taken(found) > ROWS / 10);
        house.killWorker();
        System.out.println("  the worker is killed at " + midway.at("/rows/percent") + "%, " + midway.path("rate")
                + " rows a second");
        assertThat(taken(midway)).isLessThan(ROWS);
        releaseTheBags();
        Nemesis.startAgain(house.stack(), StackPart.WORKER);
        Awaitility.await()
                .atMost(Duration.ofMinutes(9))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> files.read(id).path("status").asText().equals("DONE"));

        JsonNode done = files.read(id);
        System.out.println("  done: " + done.path("rows") + ", " + done.path("rate") + " rows a second");
        assertThat(done.at("/rows/booked").asInt()).isEqualTo(ROWS);
        assertThat(onHand("NW-CAP-NVY")).isEqualTo(before + ROWS / SKUS.size());
        assertThat(files.hand("moves", rows)).as("the same file again").isEqualTo(id);
        Collections.shuffle(rows, new Random(7));
        String pieces = files.hand("piece", rows.subList(0, ROWS / 3));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> files.read(pieces).path("status").asText().equals("DONE"));
        assertThat(files.read(pieces).at("/rows/known").asInt()).isEqualTo(ROWS / 3);
        assertThat(onHand("NW-CAP-NVY")).isEqualTo(before + ROWS / SKUS.size());
    }

    /** Nobody has to do anything for it: what lies there is looked at again and again. */
    @Test
    @Order(4)
    void whatWasReceivedBeforeTheReleaseGoesOutAfterIt() throws InterruptedException {
        assertThat(house.stage().end(preorder).status()).isEqualTo("COMPLETED");
        assertThat(Facts.number(
                        house.stack(),
                        "select coalesce(sum(reserved), 0) from stock_balance where sku = '" + BAG + "'"))
                .isZero();
    }

    /** A part of it comes, which is more than enough: the shop is told of what remains. The rest of it is called off. */
    @Test
    @Order(5)
    void aPurchaseThatIsReceivedRaisesStockAndFreesTheOrderThatWaitedForIt() throws Exception {
        StockMoves moves = new StockMoves(house.stage());
        moves.purchase("PO-1", BAG, 10);
        awaitOutstanding(10);
        OrderId order = house.stage()
                .place(
                        ShopOrders.SHOP,
                        OrderBody.usd(7_700_000_000_001L)
                                .line(6, BAG, 6, "95.00")
                                .shipping("6.50")
                                .toJson());
        JsonNode waits = house.stage()
                .await(
                        "the order to wait",
                        () -> house.stage().order(order),
                        found -> found.has("waitsForStock")
                                && found.at("/order/status/lifecycle").asText().equals("APPROVED"));
        System.out.println("  it waits: " + waits.path("waitsForStock"));
        assertThat(waits.at("/waitsForStock/promisedAt").asText()).isNotEmpty();
        try (Histories histories = new Histories(house.stack().temporal())) {
            assertThat(histories.waitingFor("order/northwind/7700000000001"))
                    .contains("Waits for stock", "expected at");
        }
        assertThat(Facts.number(house.stack(), "select count(*) from support_case where subject = '" + order + "'"))
                .isZero();

        Instant received = Instant.now();
        moves.receive("PO-1", 8);
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Facts.number(house.stack(), "select count(*) from reservation where state = 'BACKORDERED'")
                        == 0);
        System.out.printf(
                "  what waited is freed after %d ms%n",
                Duration.between(received, Instant.now()).toMillis());

        assertThat(house.stage().end(order).status()).isEqualTo("COMPLETED");
        assertThat(Facts.number(house.stack(), "select sum(outstanding) from incoming_supply"))
                .isEqualTo(2);
        ShopShelves shelves = new ShopShelves(house.stage(), ShopOrders.SHOP);
        Awaitility.await()
                .atMost(Duration.ofSeconds(75))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(
                        () -> assertThat(shelves.of(BAG, "WH-EAST").onHand()).isEqualTo(8 - 6));
        moves.callOff("PO-1");
        awaitOutstanding(0);
    }

    @Test
    @Order(3)
    void whatTheErpHasOnHandIsComparedAndADifferenceIsACaseUntilItIsMended() {
        String subject = "stock/WH-WEST/NW-SCARF-GRY";
        files.hand("found", List.of("F1,RECEIPT,NW-SCARF-GRY,7," + Instant.now()));

        awaitCases(
                1,
                "status = 'OPEN' and subject = '" + subject
                        + "' and detail like 'tryton-northwind tells of 50, the ledger of 57 (ON_HAND)%'");

        files.hand("lost", List.of("F2,TRANSFER_OUT,NW-SCARF-GRY,7," + Instant.now()));
        awaitCases(0, "status = 'OPEN' and subject = '" + subject + "'");
        awaitCases(0, "status = 'OPEN' and subject like 'stock/WH-EAST/%'");
    }

    private void awaitCases(int number, String condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() ->
                        Facts.number(house.stack(), "select count(*) from support_case where " + condition) == number);
    }

    private static int taken(JsonNode found) {
        return found.at("/rows/taken").asInt();
    }

    private int onHand(String sku) {
        return new StockMoves(house.stage()).onHand(sku, "WH-WEST");
    }
}
