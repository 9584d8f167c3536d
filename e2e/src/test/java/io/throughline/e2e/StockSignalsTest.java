package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.enums.v1.EventType;
import io.throughline.local.Stack;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Json;
import io.throughline.local.watch.ChangeWatch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What changes on the stores' shelves, as the whole system sees it. The ledger of the sandbox's point of sale is the judge. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
final class StockSignalsTest {
    private static final String TILLS = "square-northwind";
    private static final List<String> SHOPS =
            List.of("northwind-demo.myshopify.com", "northwind-jp.myshopify.com", "northwind-kw.myshopify.com");
    private static final List<String> SKUS = List.of(
            "NW-TEE-BLK-M", "NW-CAP-NVY", "NW-JKT-GRN-L", "NW-SOCK-2PK", "NW-MUG-RED", "NW-SCARF-GRY", "NW-BAG-TAN");
    private static final int PER_SECOND = 50;
    private static final int SECONDS = 10;

    private House house;
    private StockMoves moves;

    @BeforeAll
    void open() {
        house = House.open(
                House.newDirectory("stock-signals"),
                Map.of("THROUGHLINE_SWEEP_STOCK_EVERY", "10s", "THROUGHLINE_COMPARE_STOCK_EVERY", "5s"));
        moves = new StockMoves(house.stage());
        moves.adjust("NW-CAP-NVY", 1);
        Resets.await(
                "the first change to be heard of", () -> moves.onHand("NW-CAP-NVY", "ST-HARBOR") == told("NW-CAP-NVY"));
    }

    @AfterAll
    void close() {
        house.close();
    }

    /** From the till by webhooks, which come twice at times, to whoever asks us, and on to each of the shops; how soon, {@code bench signals} measures. */
    @Test
    @Order(1)
    void fiftyChangesASecondAreSeenOneByOneByWhoeverAsksAndInEachShop() {
        meddle("duplicate", 100);
        int wakesBefore = wakes();
        try (ChangeWatch watch = new ChangeWatch(house.stage(), SHOPS, SKUS)) {
            stream(Json.object().put("count", PER_SECOND * SECONDS).put("quantity", 1));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> watch.hasSeen(PER_SECOND * SECONDS));
            System.out.println("  from the till to our availability: " + watch.untilAvailable());
            System.out.println("  from the till to each shop: " + watch.untilInShops());
        }
        int wakes = wakes() - wakesBefore;
        System.out.println("  " + wakes + " wake-ups for " + PER_SECOND * SECONDS + " changes");
        assertThat(wakes).isLessThanOrEqualTo(4 * SECONDS);
    }

    @Test
    @Order(2)
    void aWorkerThatDiesMeanwhileLosesNothing() {
        int before = told();
        stream(Json.object().put("count", PER_SECOND * SECONDS));
        Resets.await("some changes", () -> told() > before + PER_SECOND);
        house.killWorker();
        Nemesis.startAgain(house.stack(), StackPart.WORKER);

        awaitAgreement();
    }

    @Test
    @Order(3)
    void aLostWebhookIsMadeUpForByTheSweep() {
        moves.adjust("NW-JKT-GRN-L", -1, "?webhooks=none");

        awaitAgreement();
    }

    @Test
    @Order(4)
    void aSaleIsBookedOnceThoughItsChangeIsToldToo() {
        int before = moves.onHand("NW-SCARF-GRY", "ST-HARBOR");

        moves.ringUp("NW-SCARF-GRY", 2);

        Resets.await("the sale to be booked", () -> moves.onHand("NW-SCARF-GRY", "ST-HARBOR") == before - 2);
        Resets.await(
                "its change to be heard of",
                () -> number("select count(*) from stock_observation where source = '" + TILLS
                                + "' and sku = 'NW-SCARF-GRY' and not absolute")
                        == 1);
        assertThat(moves.onHand("NW-SCARF-GRY", "ST-HARBOR")).isEqualTo(before - 2);
    }

    /** Its account answers all the time, for the other stores. The shop, which would sell all of it, keeps the rest back. */
    @Test
    @Order(5)
    void aStoreThatHasBeenDarkForDaysIsOfferedLessUntilItsFirstWord() {
        moves.adjust("NW-CAP-NVY", 4);
        Resets.await(
                "the harbor to be live",
                () -> harbor().at("/source/state").asText().equals("LIVE"));
        Resets.await("the harbor to be known as dark", () -> {
            darken();
            return harbor().at("/source/state").asText().equals("QUIET");
        });
        JsonNode dark = harbor();
        assertThat(dark.at("/source/lastWord/source").asText()).isEqualTo(TILLS);
        assertThat(dark.path("offered").asInt())
                .isEqualTo(dark.path("availableToPromise").asInt() / 2);
        ShopShelves shop = new ShopShelves(house.stage(), SHOPS.getFirst());
        Resets.await("the shop to sell no more than that", () -> {
            darken();
            JsonNode now = harbor();
            return now.at("/source/state").asText().equals("QUIET")
                    && shop.of("NW-CAP-NVY", "ST-HARBOR").available()
                            == now.path("offered").asInt();
        });

        moves.ringUp("NW-CAP-NVY", 1);

        Resets.await(
                "its first word", () -> harbor().at("/source/state").asText().equals("LIVE"));
        JsonNode back = harbor();
        assertThat(back.path("offered").asInt())
                .isEqualTo(back.path("availableToPromise").asInt());
        Resets.await(
                "the shop to sell all of it again",
                () -> shop.of("NW-CAP-NVY", "ST-HARBOR").available()
                        == harbor().path("offered").asInt());
    }

    /** Until it has what is waited for: what the tills have still to tell of an earlier change is a word, too, and may come late. */
    private void darken() {
        Facts.change(
                house.stack(),
                "update facility_word set said_at = now() - interval '80 hours' where facility = 'ST-HARBOR'");
    }

    private JsonNode harbor() {
        return house.stage()
                .api()
                .get("/v1/availability?sku=NW-CAP-NVY&facility=ST-HARBOR")
                .at("/facilities/0");
    }

    @Test
    @Order(6)
    void whereTheShopAndTheLedgerHavePartedIsACaseUntilTheyAgree() {
        shopHas(40);
        Resets.await("the case of the shop's caps", () -> drifts("OPEN") == 1);

        JsonNode open = Json.list(house.stage()
                        .api()
                        .get("/v1/cases?status=OPEN&code=STOCK_DISCREPANCY&account=northwind&limit=200")
                        .path("cases"))
                .stream()
                .filter(one -> one.path("subject").asText().equals("stock/WH-EAST/NW-CAP-NVY"))
                .findFirst()
                .orElseThrow();
        System.out.println("  " + open.path("detail").asText());
        assertThat(open.path("detail").asText()).contains("northwind tells of 40", "The ledger since", "40 there");

        shopHas(moves.onHand("NW-CAP-NVY", "WH-EAST"));
        Resets.await("the case to be closed", () -> drifts("OPEN") == 0);
    }

    private void shopHas(int units) {
        house.stage()
                .sandbox()
                .put(
                        "/shopify/northwind-demo.myshopify.com/inventory",
                        Json.object()
                                .put("sku", "NW-CAP-NVY")
                                .put("facility", "WH-EAST")
                                .put("available", units));
    }

    private int drifts(String status) {
        return number("select count(*) from support_case where status = '" + status
                + "' and subject = 'stock/WH-EAST/NW-CAP-NVY' and step = 'stock.drift northwind ON_HAND'");
    }

    private void stream(ObjectNode how) {
        house.stage().sandbox().post("/square/adjustments/stream", how.put("perSecond", PER_SECOND));
    }

    private void meddle(String kind, int times) {
        house.stage()
                .sandbox()
                .post(
                        "/webhook-faults",
                        Json.object()
                                .put("system", "square")
                                .put("topic", "inventory.count.updated")
                                .put("kind", kind)
                                .put("times", times));
    }

    /** Waits until the stores have stopped and every place has what its point of sale says. */
    private void awaitAgreement() {
        int[] changes = {-1};
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    int now = told();
                    boolean still = now == changes[0];
                    changes[0] = now;
                    assertThat(still).as("the stores are still at work").isTrue();
                    assertThat(ours()).containsAllEntriesOf(theirs());
                });
    }

    /** Of what lies on shelves: how many sets there are the tills hear from us. */
    private Map<String, Integer> theirs() {
        Map<String, Integer> units = new TreeMap<>();
        for (JsonNode effect : Json.list(house.stage().sandbox().get("/ledger?system=square"))) {
            String[] place = effect.path("subject").asText().split("/SQ-", 2);
            if (effect.path("operation").asText().startsWith("inventory ") && SKUS.contains(place[1])) {
                units.put(
                        ChangeWatch.STORES.get(place[0]) + " " + place[1],
                        effect.at("/detail/after").asInt());
            }
        }
        return units;
    }

    private int told() {
        return (int) Json.list(house.stage().sandbox().get("/ledger?system=square")).stream()
                .filter(effect -> effect.path("operation").asText().startsWith("inventory "))
                .count();
    }

    private int told(String sku) {
        return theirs().getOrDefault("ST-HARBOR " + sku, -1);
    }

    private Map<String, Integer> ours() {
        return query(
                "select facility || ' ' || sku, on_hand - shortfall from stock_balance where facility <> 'UNROUTED'");
    }

    private int wakes() {
        try (Histories histories = new Histories(house.stack().temporal())) {
            return (int) histories.runs("WorkflowType = 'StockFeed'").stream()
                    .filter(run -> run.getExecution().getWorkflowId().equals("stock-feed/" + TILLS))
                    .flatMap(run -> histories.events(run.getExecution()).stream())
                    .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
                    .count();
        }
    }

    private int number(String sql) {
        return Math.toIntExact(Facts.number(house.stack(), sql));
    }

    private Map<String, Integer> query(String sql) {
        Map<String, Integer> found = new TreeMap<>();
        try (Connection connection = house.stack().database().connect(Stack.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getInt(2));
            }
            return found;
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
