package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.StackPart;
import io.throughline.local.demo.OrderBody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The whole system hears of stock from a warehouse's files and from the ERP's purchases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
final class WarehouseAndErpStockTest {
    private static final int ROWS = 3_000;
    private static final List<String> SKUS =
            List.of("NW-TEE-BLK-M", "NW-CAP-NVY", "NW-JKT-GRN-L", "NW-SOCK-2PK", "NW-MUG-RED");

    private House house;
    private WarehouseFiles files;

    @BeforeAll
    void open() {
        house = House.open(
                House.newDirectory("warehouse-stock"),
                Map.of("THROUGHLINE_COMPARE_ERP_EVERY", "5s", "THROUGHLINE_ASK_ERP_WITHIN", "5s"));
        files = new WarehouseFiles(house);
    }

    @AfterAll
    void close() {
        house.close();
    }

    @Test
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

    /** A part of it comes, which is enough; the rest is called off. */
    @Test
    void aPurchaseThatIsReceivedRaisesStockAndFreesTheOrderThatWaitedForIt() throws Exception {
        StockMoves moves = new StockMoves(house.stage());
        moves.purchase("PO-1", "NW-BAG-TAN", 10);
        Awaitility.await()
                .atMost(Duration.ofSeconds(75))
                .until(() ->
                        Facts.number(house.stack(), "select coalesce(sum(outstanding), 0) from incoming_supply") == 10);
        OrderId order = house.stage()
                .place(
                        ShopOrders.SHOP,
                        OrderBody.usd(7_700_000_000_001L)
                                .line(6, "NW-BAG-TAN", 6, "95.00")
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
        moves.receive("PO-1", 6);
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
                .isEqualTo(4);
        moves.callOff("PO-1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(75))
                .until(() -> Facts.number(house.stack(), "select sum(outstanding) from incoming_supply") == 0);
    }

    @Test
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
