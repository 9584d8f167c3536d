package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Ending;
import io.throughline.local.demo.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What the whole system does about stock that is kept, waited for or lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class StockPromisesTest {
    private static final String MUG = "NW-MUG-RED";
    private static final String TEE = "NW-TEE-BLK-M";
    private static final String CAP = "NW-CAP-NVY";
    private static final String BAG = "NW-BAG-TAN";
    private static final Instant RELEASE = Instant.parse("2035-03-01T08:00:00Z");
    private static final String JACKET = "NW-JKT-GRN-L";
    private static final String SOCKS = "NW-SOCK-2PK";
    private static final String MUG_AND_SOCKS = "NW-SET-CAMP";
    private static final String AT_DUBLIN =
            "from stock_movement where facility = 'ST-DUBLIN' and sku in ('" + MUG + "', '" + SOCKS + "')";

    private House house;

    @BeforeAll
    void open() throws IOException {
        Path directory = House.newDirectory("stock-promises");
        Map<String, String> configuration = CopiedConfiguration.below(directory, retailer -> retailer);
        Path policy = directory.resolve("config/policies/stock/stock-1.yml");
        Files.writeString(
                policy,
                Files.readString(policy) + "\npreorders:\n  bags: { skus: [" + BAG + "], releaseAt: " + RELEASE
                        + " }\n");
        house = House.open(directory, configuration);
    }

    @AfterAll
    void close() {
        house.close();
    }

    @Test
    void anOrderTakesOverWhatItNeedsOfItsBasket() throws InterruptedException {
        ObjectNode basket = basket("CART-1", "ST-DUBLIN");
        line(basket, "1", TEE, 2);
        line(basket, "2", CAP, 1);
        assertThat(house.stage().api().post("/v1/baskets", basket).path("state").asText())
                .isEqualTo("HELD");

        OrderId order = submit("WEB-1", "ST-DUBLIN", TEE, 1, Optional.of("CART-1"));

        JsonNode given = awaitWork(order);
        assertThat(given.at("/fulfillmentOrders/0/facility").asText()).isEqualTo("ST-DUBLIN");
        assertThat(house.stage().api().get("/v1/baskets/CART-1").path("state").asText())
                .isEqualTo("ORDERED");
        assertThat(Facts.number(
                        house.stack(),
                        "select coalesce(sum(reserved), 0) from stock_balance where facility = 'UNROUTED' and sku in ('"
                                + TEE + "', '" + CAP + "')"))
                .as("the other tee and the cap are free again")
                .isZero();
    }

    @Test
    void aBasketThatExpiresGivesItsStockToTheOrderThatWaits() throws InterruptedException {
        ObjectNode basket = basket("CART-2", "ST-DOWNTOWN");
        line(basket, "1", MUG, 12);
        house.stage().api().post("/v1/baskets", basket);
        Facts.change(
                house.stack(),
                "insert into incoming_supply values" + " ('test', 'po-1', 1, '" + MUG
                        + "', 'ST-DOWNTOWN', 50, now() + interval '3 days')");
        OrderId order = submit("WEB-2", "ST-DOWNTOWN", MUG, 3, Optional.empty());
        house.stage().await("the order to wait", () -> house.stage().order(order), found -> found.has("waitsForStock"));

        Instant expires = Instant.now();
        Facts.change(house.stack(), "update basket set expires_at = now() where id = 'rest/CART-2'");
        JsonNode given = awaitWork(order);

        System.out.printf(
                "  what a basket kept is given out %d ms after it expired%n",
                Duration.between(expires, Instant.now()).toMillis());
        assertThat(given.has("waitsForStock")).isFalse();
        assertThat(given.at("/fulfillmentOrders/0/facility").asText()).isEqualTo("ST-DOWNTOWN");
        assertThat(Facts.number(house.stack(), "select count(*) from support_case where subject = '" + order + "'"))
                .isZero();
    }

    /** Sold against what is on order: nothing of it is given out before its release, also of what lies there already. */
    @Test
    void whatMayNotLeaveYetIsSoldForItsReleaseAgainstAPurchaseOrder() throws InterruptedException {
        Facts.change(
                house.stack(),
                "insert into incoming_supply values ('test', 'po-bags', 1, '" + BAG
                        + "', 'ST-HARBOR', 20, timestamptz '" + RELEASE + "' + interval '2 days')");
        String lookup = "/v1/availability?sku=" + BAG + "&channel=rest";
        JsonNode channel = house.stage().api().get(lookup).at("/channels/0");
        assertThat(channel.path("availableToPromise").asInt()).isZero();
        assertThat(channel.at("/later/kind").asText()).isEqualTo("PREORDER");
        int offered = channel.at("/later/units").asInt();
        assertThat(offered).isGreaterThanOrEqualTo(20);

        OrderId order = submit("WEB-4", "ST-HARBOR", BAG, 20, Optional.empty());

        JsonNode waits = house.stage()
                .await("the order to wait", () -> house.stage().order(order), found -> found.has("waitsForStock"));
        assertThat(Instant.parse(waits.at("/waitsForStock/promisedAt").asText()))
                .isAfterOrEqualTo(RELEASE);
        assertThat(waits.path("fulfillmentOrders")).isEmpty();
        assertThat(house.stage().api().get(lookup).at("/channels/0/later/units").asInt())
                .isEqualTo(offered - 20);
        assertThat(Facts.number(house.stack(), "select count(*) from support_case where subject = '" + order + "'"))
                .isZero();
    }

    @Test
    void aSaleThatTakesTheStockOfWorkIsShownByItsProcess() throws InterruptedException {
        // A store that does its work within seconds may have handed the goods over before the till tells.
        house.stage()
                .sandbox()
                .put("/square/locations/LHARBOR/script", Json.object().put("behaviour", "manual"));
        OrderId order = submit("WEB-3", "ST-HARBOR", JACKET, 12, Optional.empty());
        awaitWork(order);

        house.stage().api().post("/v1/stores/ST-HARBOR/sales/batch", sale("promised-away", JACKET, 1));

        try (Histories histories = new Histories(house.stack().temporal())) {
            Resets.await(
                    "the process to show what is lost",
                    () -> histories.waitingFor("order/rest/WEB-3").contains("Has lost stock"));
            assertThat(histories.waitingFor("order/rest/WEB-3")).contains("1 × " + JACKET + " at ST-HARBOR");
        }
    }

    /** Of twelve mugs and twelve pairs of socks four mugs are sold before. */
    @Test
    void ofManyOrdersForABundleAtOnceAsManyAreServedAsItsScarcePartAllows() throws InterruptedException {
        ShopShelves shop = new ShopShelves(house.stage(), "northwind-demo.myshopify.com");
        house.stage().api().post("/v1/stores/ST-DUBLIN/sales/batch", sale("mugs", MUG, 4));
        Resets.await("the shop to show as many sets as there are mugs", () -> setsIn(shop) == 8);

        List<OrderId> orders = Beside.of(
                IntStream.rangeClosed(1, 24).boxed().toList(),
                24,
                number -> submit("SET-" + number, "ST-DUBLIN", MUG_AND_SOCKS, 1, Optional.empty()));
        Resets.await(
                "each order to be answered",
                () -> orders.stream().allMatch(order -> hasWork(order) || lacksStock(order)));

        List<OrderId> served = orders.stream().filter(this::hasWork).toList();
        assertThat(served).hasSize(8);
        for (OrderId order : served) {
            Ending ending = house.stage().end(order);
            assertThat(ending.status() + " " + ending.posting()).isEqualTo("COMPLETED CONFIRMED");
            assertThat(ending.documents()).as("an invoice and a payment").hasSize(2);
        }
        assertThat(Facts.texts(
                        house.stack(),
                        "select sku || ' ' || sum(quantity) " + AT_DUBLIN + " group by sku order by sku"))
                .containsExactly(MUG + " 0", SOCKS + " 4");
        assertThat(Facts.number(
                        house.stack(),
                        "select count(*) from (select sum(quantity) over (partition by sku order by id) as units "
                                + AT_DUBLIN + ") after_each where units < 0"))
                .isZero();
        Resets.await("the shop to show no more sets", () -> setsIn(shop) == 0);
        assertThat(orders)
                .allSatisfy(order -> assertThat(Facts.number(
                                house.stack(),
                                "select count(*) from reservation where order_id = '" + order
                                        + "' and state in ('HELD', 'CONFIRMED', 'BACKORDERED')"))
                        .isZero());
    }

    private static int setsIn(ShopShelves shop) {
        return shop.of(MUG_AND_SOCKS, "ST-DUBLIN").onHand();
    }

    private boolean hasWork(OrderId order) {
        return house.stage()
                .order(order)
                .filter(found -> !found.path("fulfillmentOrders").isEmpty())
                .isPresent();
    }

    private boolean lacksStock(OrderId order) {
        return Facts.number(
                        house.stack(),
                        "select count(*) from support_case where status = 'OPEN' and code = 'STOCK_MISSING' and"
                                + " subject = '"
                                + order + "'")
                == 1;
    }

    private JsonNode awaitWork(OrderId order) throws InterruptedException {
        return house.stage()
                .await(
                        "the work of " + order,
                        () -> house.stage().order(order),
                        found -> !found.path("fulfillmentOrders").isEmpty());
    }

    private static ObjectNode basket(String id, String facility) {
        ObjectNode basket = Json.object().put("basketId", id).put("facility", facility);
        basket.putArray("lines");
        return basket;
    }

    private static void line(ObjectNode basket, String id, String sku, int units) {
        basket.withArray("lines").addObject().put("id", id).put("sku", sku).put("quantity", units);
    }

    /** To be picked up, without a tax, at ten dollars a piece. */
    private OrderId submit(String externalId, String facility, String sku, int units, Optional<String> basket) {
        String total = BigDecimal.valueOf(10L * units).setScale(2).toString();
        ObjectNode order = Json.object()
                .put("externalId", externalId)
                .put("placedAt", Instant.now().toString())
                .put("currency", "USD")
                .put("taxesIncluded", false)
                .put("total", total);
        basket.ifPresent(id -> order.put("basketId", id));
        order.putArray("lines")
                .addObject()
                .put("id", "L1")
                .put("sku", sku)
                .put("quantity", units)
                .put("unitPrice", "10.00")
                .put("total", total);
        order.putArray("tenders")
                .addObject()
                .put("id", "t-1")
                .put("gateway", "external")
                .put("amount", total)
                .put("capturedAt", Instant.now().toString());
        order.putObject("delivery").put("method", "PICKUP").put("facility", facility);
        house.stage().api().post("/v1/orders", order, Map.of("Idempotency-Key", externalId));
        return house.stage().orderId("rest", externalId);
    }

    /** At twelve dollars a piece, in cash. */
    private static ObjectNode sale(String id, String sku, int units) {
        String total = BigDecimal.valueOf(12L * units).setScale(2).toString();
        ObjectNode batch = Json.object();
        ObjectNode sale = batch.putArray("sales")
                .addObject()
                .put("saleId", id)
                .put("register", "R1")
                .put("soldAt", Instant.now().toString())
                .put("currency", "USD")
                .put("taxesIncluded", false);
        sale.putArray("lines")
                .addObject()
                .put("sku", sku)
                .put("quantity", units)
                .put("unitPrice", "12.00")
                .put("total", total)
                .putArray("taxes");
        sale.putArray("tenders").addObject().put("kind", "cash").put("amount", total);
        return batch;
    }
}
