package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.order.OrderId;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The whole system on one machine: catalogues taken in, prices compared, customers kept and forgotten. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
final class CatalogueTest {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String CONTROL = "/shopify/" + SHOP;
    private static final String SYNC = "/v1/catalog/syncs/northwind";
    private static final int MANY = 50_000;
    private static final int IN_THE_SAMPLE = 9;
    private static final long ORDER = 7_450_000_000_001L;
    private static final String CUSTOMER = "7450001";
    private static final String MERGED = "7450002";
    private static final List<String> CANARIES =
            List.of("Quagmirelle", "quagmirelle.canary@example.com", "Hollowbrook");

    private House house;

    @BeforeAll
    void open() throws InterruptedException {
        house = House.open("catalogue");
        FirstSync.await(house.stage(), "northwind");
        FirstSync.await(house.stage(), "tryton-northwind");
    }

    @AfterAll
    void close() {
        house.close();
    }

    @Test
    @Order(1)
    void eachAttributeIsItsOwnersWord() {
        JsonNode tee = house.stage().api().get("/v1/products/NW-TEE-BLK-M");

        assertThat(tee.at("/attributes/TITLE/value").asText()).isEqualTo("Field tee - Black / M");
        assertThat(tee.at("/attributes/TITLE/source").asText()).isEqualTo("northwind");
        assertThat(tee.at("/contradictions/0/about").asText()).isEqualTo("TITLE");
        assertThat(tee.at("/contradictions/0/source").asText()).isEqualTo("tryton-northwind");
        assertThat(house.stage()
                        .api()
                        .get("/v1/prices?sku=NW-TEE-BLK-M&currency=USD")
                        .path("prices"))
                .extracting(price -> price.path("channel").asText() + " "
                        + price.path("amount").asText())
                .containsExactly("northwind 25.00", "tryton-northwind 25.00");
    }

    @Test
    @Order(2)
    void aPriceThatDiffersIsACaseUntilItDoesNot() throws InterruptedException {
        reprice("19.00");
        JsonNode open = await(
                "/v1/cases?code=PRICE_MISMATCH",
                cases -> openOf(cases, "NW-MUG-RED").isPresent());
        assertThat(openOf(open, "NW-MUG-RED").orElseThrow().path("detail").asText())
                .isEqualTo("18.00 USD at tryton-northwind, 19.00 USD at northwind");

        reprice("18.00");
        await(
                "/v1/cases?code=PRICE_MISMATCH",
                cases -> openOf(cases, "NW-MUG-RED").isEmpty());
    }

    private void reprice(String price) {
        house.stage()
                .sandbox()
                .put(
                        CONTROL + "/variants",
                        Json.object().put("sku", "NW-MUG-RED").put("price", price));
        request(SYNC);
    }

    private static Optional<JsonNode> openOf(JsonNode cases, String sku) {
        return Json.list(cases.path("cases")).stream()
                .filter(one -> one.path("subject").asText().equals("product/" + sku))
                .filter(one -> one.path("step").asText().endsWith("web-as-in-the-erp"))
                .filter(one -> one.path("status").asText().equals("OPEN"))
                .findFirst();
    }

    @Test
    @Order(3)
    void aCustomerIsKeptAsTheirChannelHasThem() throws InterruptedException {
        put(CUSTOMER, "Quagmirelle");
        await(customer(CUSTOMER), found -> found.path("name").asText().equals("Ottoline Quagmirelle"));
        put(MERGED, "Old name");
        await(customer(MERGED), found -> found.path("name").asText().equals("Ottoline Old name"));

        house.stage()
                .sandbox()
                .post(CONTROL + "/customers/" + MERGED + "/merge", Json.object().put("into", CUSTOMER));

        JsonNode kept = await(customer(MERGED), found -> found.path("keys").size() == 2);
        assertThat(kept.path("id").asText()).isEqualTo(id(CUSTOMER).value());
        assertThat(kept.at("/address/street").asText()).contains("Hollowbrook");
    }

    @Test
    @Order(4)
    void whatIsKeptIsExportedAndThenForgotten() throws InterruptedException {
        OrderId order = house.stage().place(SHOP, canary());
        assertThat(house.stage().end(order).status()).isEqualTo("COMPLETED");
        assertThat(new Leaks(house.stack(), CANARIES).inside("person")).containsExactlyInAnyOrderElementsOf(CANARIES);
        ObjectNode about = Json.object().put("customer", CUSTOMER);
        about.putArray("orders").add(ORDER);

        house.stage().sandbox().post(CONTROL + "/privacy/data_request", about);
        JsonNode export = await("/v1/privacy/northwind/requests/1000001", found -> !found.isEmpty());
        assertThat(export.toString()).contains(CANARIES);

        house.stage().sandbox().post(CONTROL + "/privacy/redact", about);
        await(customer(CUSTOMER), found -> !found.hasNonNull("name"));

        // What their channel says later is not kept either.
        JsonNode forgotten = house.stage().api().get(customer(CUSTOMER));
        put(CUSTOMER, "Quagmirelle");
        await(customer(CUSTOMER), found -> !found.path("version").equals(forgotten.path("version")));
        assertThat(new Leaks(house.stack(), CANARIES).inside("person")).isEmpty();
        assertThat(new Leaks(house.stack(), CANARIES).outsideOf("person")).isEmpty();
        assertThat(new Leaks(house.stack(), List.of("privacy.erased", "privacy.exported")).outsideOf("person"))
                .anyMatch(place -> place.startsWith("table trace_entry"));
    }

    /** Killed in the middle, it goes on from the place that it had come to, and no product is missed or counted twice. */
    @Test
    @Order(5)
    void aLargeCatalogueIsTakenInAlthoughTheWorkerIsKilled() throws InterruptedException {
        assertThatThrownBy(() -> house.stage().api().get("/v1/availability?sku=MADE-UP-050000"))
                .isInstanceOf(Json.UnexpectedAnswer.class);
        house.stage().sandbox().post(CONTROL + "/variants", Json.object().put("count", MANY));
        request(SYNC);
        JsonNode half = await(
                SYNC,
                sync -> !sync.hasNonNull("finishedAt") && sync.path("percent").asInt() >= 20);
        house.killWorker();
        JsonNode left = house.stage().api().get(SYNC);
        house.stack().start(StackPart.WORKER);

        JsonNode whole = await(
                SYNC,
                sync -> sync.hasNonNull("finishedAt") && sync.path("products").asInt() >= MANY);

        assertThat(left.hasNonNull("finishedAt")).isFalse();
        assertThat(left.path("percent").asInt())
                .isGreaterThanOrEqualTo(half.path("percent").asInt());
        assertThat(whole.path("startedAt")).isEqualTo(half.path("startedAt"));
        assertThat(whole.path("products").asInt()).isEqualTo(MANY + IN_THE_SAMPLE);
        assertThat(whole.path("unusable").asInt()).isZero();
        assertThat(house.stage()
                        .api()
                        .get("/v1/products/MADE-UP-050000")
                        .at("/attributes/TITLE/value")
                        .asText())
                .isNotEmpty();
        assertThat(house.stage()
                        .api()
                        .get("/v1/availability?sku=MADE-UP-050000")
                        .path("sku")
                        .asText())
                .isEqualTo("MADE-UP-050000");
        assertThat(attempts("bulkOperationRunQuery", half)).isLessThanOrEqualTo(2);
    }

    private long attempts(String operation, JsonNode since) {
        return Json.list(house.stage().sandbox().get("/attempts?system=shopify")).stream()
                .filter(attempt -> attempt.path("operation").asText().equals(operation))
                .filter(attempt -> attempt.path("at")
                                .asText()
                                .compareTo(since.path("startedAt").asText())
                        > 0)
                .count();
    }

    private void put(String id, String lastName) {
        ObjectNode customer = Json.object()
                .put("id", Long.parseLong(id))
                .put("first_name", "Ottoline")
                .put("last_name", lastName)
                .put("email", "quagmirelle.canary@example.com");
        customer.putObject("default_address")
                .put("id", 1)
                .put("first_name", "Ottoline")
                .put("last_name", lastName)
                .put("address1", "4 Hollowbrook Mews")
                .put("city", "Austin")
                .put("country_code", "US");
        house.stage().sandbox().put(CONTROL + "/customers", customer);
    }

    private static ObjectNode canary() {
        ObjectNode body = OrderBody.usd(ORDER)
                .line(4, "NW-SOCK-2PK", 1, "33.00")
                .shipping("4.90")
                .toJson();
        body.put("email", "quagmirelle.canary@example.com").put("contact_email", "quagmirelle.canary@example.com");
        for (String address : List.of("shipping_address", "billing_address")) {
            ((ObjectNode) body.get(address)).put("last_name", "Quagmirelle").put("address1", "4 Hollowbrook Mews");
        }
        return body;
    }

    private static CustomerId id(String number) {
        return CustomerId.of(new CustomerKey(AccountId.of("northwind"), number));
    }

    private static String customer(String number) {
        return "/v1/customers/" + id(number);
    }

    private void request(String sync) {
        house.stage().api().post(sync, Json.object());
    }

    private JsonNode await(String path, Predicate<JsonNode> enough) throws InterruptedException {
        return house.stage().await(path, () -> look(path), enough);
    }

    private Optional<JsonNode> look(String path) {
        try {
            return Optional.of(house.stage().api().get(path));
        } catch (Json.UnexpectedAnswer notYet) {
            return Optional.empty();
        }
    }
}
