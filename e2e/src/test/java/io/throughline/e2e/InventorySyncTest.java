package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.Seeds;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.OrderId;
import io.throughline.e2e.ShopShelves.Shelf;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.watch.ShopBurst;
import io.throughline.runtime.DatabaseSettings;
import io.throughline.runtime.retailer.Retailer;
import io.throughline.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The stock that shops show follows the ledger: at once, after outages, and whatever shops have not told us yet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
final class InventorySyncTest {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String EAST = "WH-EAST";
    private static final String HARBOR = "ST-HARBOR";
    private static final List<String> FACILITIES = List.of(EAST, "WH-WEST", "ST-DOWNTOWN", HARBOR, "ST-DUBLIN");
    /** On a quiet machine it is less than five; beside other systems that start, many times that. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(45);

    private final AtomicLong numbers = new AtomicLong(Instant.now().getEpochSecond() * 1_000);
    private final Path directory = House.newDirectory("inventory-sync");
    private final Path halts = directory.resolve("halts");
    private House house;
    private Reviver reviver;
    private Database database;
    private InventoryLedger ledger;
    private ShopShelves shelves;

    /** The worker dies once, when a shop has taken what it was told and nothing of that is written down. */
    @BeforeAll
    void open() {
        house = House.open(
                directory,
                Map.of(
                        "THROUGHLINE_HALT_AT",
                        "SHOPIFY.publish:AFTER_EFFECT_BEFORE_COMMIT",
                        "THROUGHLINE_HALT_MARKERS",
                        halts.toString(),
                        // An order whose webhooks are lost stays unheard of until a test says it.
                        "THROUGHLINE_RECONCILE_EVERY",
                        "30 minutes"));
        reviver = new Reviver(house.stack(), StackPart.WORKER, () -> Leases.ofTheDeadEnd(house.stack()));
        Clock clock = Clock.systemUTC();
        Map<String, String> variables = house.stack().environment();
        database = Database.open(DatabaseSettings.from(variables).toConfig(), clock);
        Retailer retailer = Retailer.load(House.project().resolve("config"), variables);
        ledger = database.stock(retailer.stockRules(clock)).inventory();
        shelves = new ShopShelves(house.stage(), SHOP);
    }

    @AfterAll
    void close() {
        reviver.close();
        database.close();
        house.close();
    }

    @Test
    @Order(1)
    void whatAWorkerThatDiedHadToldIsToldOnce() {
        within(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat(halts).isNotEmptyDirectory();
            for (String store : List.of("ST-DOWNTOWN", HARBOR, "ST-DUBLIN")) {
                assertThat(shelves.of("NW-SOCK-2PK", store)).isEqualTo(new Shelf(12, 11, 0, 0, 1));
            }
        });
        assertThat(shelves.toldInAllShops()).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    @Order(2)
    void aChangeIsShownWithinSeconds() {
        int before = shelves.of("NW-MUG-RED", EAST).onHand();

        move("NW-MUG-RED", EAST, Kind.RECEIPT, 4);

        within(SHOWN_WITHIN).until(() -> shelves.of("NW-MUG-RED", EAST).onHand() == before + 4);
    }

    /** The receipt makes more available than the order has taken of it, whether we have heard of the order or not. */
    @Test
    @Order(3)
    void anOrderThatWeHaveNotHeardOfIsNotSoldAgain() throws InterruptedException {
        Shelf before = shelves.of("NW-CAP-NVY", EAST);
        long number = 7_900_000_000_001L;
        String fault = house.stage()
                .sandbox()
                .post(
                        "/webhook-faults",
                        Json.object()
                                .put("system", "shopify")
                                .put("topic", "*")
                                .put("bodyContains", Long.toString(number))
                                .put("kind", "lost")
                                .put("times", 1000))
                .path("id")
                .asText();
        OrderId order = house.stage()
                .place(
                        SHOP,
                        OrderBody.usd(number)
                                .line(2, "NW-CAP-NVY", 6, "40.00")
                                .shipping("4.90")
                                .toJson());

        move("NW-CAP-NVY", EAST, Kind.ADJUSTMENT, -before.available() + 2);

        // Two are on hand, six are sold: none may be on offer, and the shop says by how many too few there are.
        within(SHOWN_WITHIN).until(() -> shelves.of("NW-CAP-NVY", EAST).onHand() == 2);
        assertThat(shelves.of("NW-CAP-NVY", EAST)).isEqualTo(new Shelf(2, -4, 6, 0, 0));
        move("NW-CAP-NVY", EAST, Kind.RECEIPT, 10);
        within(SHOWN_WITHIN).until(() -> shelves.of("NW-CAP-NVY", EAST).onHand() == 12);
        assertThat(shelves.of("NW-CAP-NVY", EAST)).isEqualTo(new Shelf(12, 6, 6, 0, 0));

        house.stage().sandbox().delete("/webhook-faults/" + fault);
        house.stage()
                .sandbox()
                .post(
                        "/shopify/" + SHOP + "/webhooks",
                        Json.object().put("topic", "orders/updated").put("order", Long.toString(number)));
        assertThat(house.stage().end(order).status()).isEqualTo("COMPLETED");
        FACILITIES.forEach(facility -> move("NW-CAP-NVY", facility, Kind.RECEIPT, 1));
        within(SHOWN_WITHIN.multipliedBy(2))
                .untilAsserted(() -> ledger.balances(List.of(Sku.of("NW-CAP-NVY"))).stream()
                        .filter(balance ->
                                FACILITIES.contains(balance.facility().value()))
                        .forEach(balance -> assertThat(shelves.of(
                                        "NW-CAP-NVY", balance.facility().value()))
                                .as("caps at %s", balance.facility())
                                .isEqualTo(new Shelf(balance.onHand(), balance.onHand(), 0, 0, 0))));
    }

    @Test
    @Order(4)
    void whatAnotherShopHasSoldIsKeptBackUntilItHasLeft() throws InterruptedException {
        Map<String, Shelf> before = new TreeMap<>();
        FACILITIES.forEach(facility -> before.put(facility, shelves.of("NW-SCARF-GRY", facility)));
        house.stage()
                .sandbox()
                .put("/square/locations/LHARBOR/script", Json.object().put("behaviour", "manual"));
        house.stage()
                .sandbox()
                .put("/square/locations/LDUBLIN/script", Json.object().put("behaviour", "manual"));
        house.stage()
                .sandbox()
                .put("/square/locations/LDOWNTOWN/script", Json.object().put("behaviour", "manual"));
        OrderId order = house.stage()
                .place(
                        "northwind-jp.myshopify.com",
                        OrderBody.jpy(7_900_000_000_002L)
                                .line(8, "NW-SCARF-GRY", 2, "4400")
                                .shipping("600")
                                .toJson());
        JsonNode work = house.stage()
                .await(
                        "work of " + order,
                        () -> house.stage().order(order),
                        found ->
                                found.at("/fulfillmentOrders/0/status").asText().equals("RELEASED"));
        String store = work.at("/fulfillmentOrders/0/facility").asText();
        Shelf was = before.get(store);

        within(SHOWN_WITHIN)
                .untilAsserted(() -> assertThat(shelves.of("NW-SCARF-GRY", store))
                        .isEqualTo(new Shelf(was.onHand(), was.available() - 2, 0, 2, was.safetyStock())));
    }

    /** Somebody has meddled in the shop's admin. What they did stays, for it might have been goods that left. */
    @Test
    @Order(5)
    void whatHasChangedInTheShopIsReadAndReckonedAgain() {
        Shelf before = shelves.of("NW-TEE-BLK-M", EAST);
        shelves.change("NW-TEE-BLK-M", EAST, before.available() - 3);

        move("NW-TEE-BLK-M", EAST, Kind.RECEIPT, 5);

        within(SHOWN_WITHIN.multipliedBy(2))
                .until(() -> shelves.of("NW-TEE-BLK-M", EAST).onHand() == before.onHand() + 2);
    }

    /** A lost reply, and a shop that has forgotten the key of the call by the time that it is repeated. */
    @Test
    @Order(6)
    void aCallWhoseReplyIsLostIsDoneOnceThoughItsKeyIsForgotten() {
        int before = shelves.of("NW-JKT-GRN-L", EAST).onHand();
        long calls = shelves.calls("inventorySetQuantities");
        shelves.fault("inventorySetQuantities", "lose_reply", 1);
        String deaf = shelves.fault("inventorySetQuantities", "status", 10_000);

        move("NW-JKT-GRN-L", EAST, Kind.RECEIPT, 3);
        within(Duration.ofSeconds(30)).until(() -> shelves.calls("inventorySetQuantities") == calls + 1);
        house.stage().sandbox().post("/shopify/idempotency/forget", Json.object());
        shelves.mend(deaf);

        move("NW-JKT-GRN-L", EAST, Kind.RECEIPT, 2);
        within(Duration.ofSeconds(60))
                .until(() -> shelves.of("NW-JKT-GRN-L", EAST).onHand() == before + 5);
    }

    /**
     * Thousands of changes at a thousand places while the shop is away: it is told of each place once, in the order in which they changed
     * last, as fast as it takes them. What its own ledger says was done to it is the judge.
     */
    @Test
    @Order(7)
    void whatChangesDuringAnOutageIsToldInOrderAtTheShopsRateAndNothingIsLost() throws InterruptedException {
        ShopBurst burst = new ShopBurst(house.stage(), ledger, SHOP, 500, Seeds.next());
        burst.stock();
        String outage = burst.away();
        burst.change(3_000);
        Instant back = Instant.now();
        burst.back(outage, 1_000, 100);

        burst.awaitTold(told -> {});
        Duration took = Duration.between(back, Instant.now());

        System.out.println("  " + burst + ", in " + took.toMillis() + " ms");
        assertThat(burst.wrong(took)).isEmpty();
        shelves.throttle(2_000, 100, 2_000);
        within(Duration.ofMinutes(2))
                .until(() -> shelves.openCase("inventory/northwind").isEmpty());
    }

    /** Square moves its stores' stock itself: it is told of what others have changed, and of that only. */
    @Test
    @Order(8)
    void tillsAreToldOfWhatOthersHaveChanged() {
        String shelf = "LHARBOR/SQ-NW-MUG-RED";
        int before = shelves.of("NW-MUG-RED", HARBOR).onHand();

        move("NW-MUG-RED", HARBOR, Kind.ADJUSTMENT, 7);

        within(SHOWN_WITHIN)
                .untilAsserted(() -> assertThat(counts(shelf))
                        .last()
                        .extracting(count -> count.at("/detail/after").asInt())
                        .isEqualTo(before + 7));
        // The shop is told beside the tills, and may be so later.
        within(SHOWN_WITHIN).until(() -> shelves.of("NW-MUG-RED", HARBOR).onHand() == before + 7);
        int told = counts(shelf).size();
        house.stage()
                .sandbox()
                .post(
                        "/square/sales",
                        Json.object()
                                .put("location", "LHARBOR")
                                .put("tender", "CARD")
                                .set(
                                        "items",
                                        Json.object()
                                                .arrayNode()
                                                .add(Json.object()
                                                        .put("sku", "NW-MUG-RED")
                                                        .put("quantity", 2))));
        within(SHOWN_WITHIN.multipliedBy(2))
                .until(() -> shelves.of("NW-MUG-RED", HARBOR).onHand() == before + 7 - 2);
        assertThat(counts(shelf)).hasSize(told);
    }

    /** Of what is told by differences alone it would stay as it was set. */
    @Test
    @Order(9)
    void whatSomebodyHasSetInTheShopIsSetToTheLedgersNumberWhenAPersonWantsIt() {
        Shelf before = shelves.of("NW-SOCK-2PK", EAST);
        shelves.change("NW-SOCK-2PK", EAST, before.available() + 4);

        String outcome = house.stage()
                .api()
                .post(
                        "/v1/facilities/" + EAST + "/republications",
                        Json.object().put("sku", "NW-SOCK-2PK").put("account", "northwind"))
                .at("/accounts/0/outcome")
                .asText();

        assertThat(outcome).isEqualTo("ASKED");
        within(SHOWN_WITHIN).until(() -> shelves.of("NW-SOCK-2PK", EAST).equals(before));
    }

    /** The counts of one variation at one of Square's locations that we have told, one after the other. */
    private List<JsonNode> counts(String shelf) {
        return Json.list(house.stage().sandbox().get("/ledger?system=square")).stream()
                .filter(row -> row.path("operation").asText().equals("inventory PHYSICAL_COUNT"))
                .filter(row -> row.path("subject").asText().equals(shelf))
                .toList();
    }

    private void move(String sku, String facility, Kind kind, int units) {
        ledger.record(new Movement(
                new StockSource(StockSource.PEOPLE, "test/" + numbers.incrementAndGet(), 1),
                new FacilityId(facility),
                Sku.of(sku),
                Measure.ON_HAND,
                kind,
                units,
                Optional.of("test"),
                Instant.now()));
    }

    private static ConditionFactory within(Duration time) {
        return Awaitility.await().atMost(time).pollInterval(Duration.ofMillis(200));
    }
}
