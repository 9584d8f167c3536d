package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.OrderRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What the whole system keeps of its customers, and where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class CustomerDataTest {
    private static final String ERASABLE = "person";
    private static final String NAME = "Quillfeather";
    private static final String MAIL = "quillfeather.canary@example.com";
    private static final String PHONE = "6175550177";
    private static final String STREET = "Wobblegate Terrace";
    private static final List<String> CANARIES = List.of(NAME, MAIL, PHONE, STREET);

    private House house;

    @BeforeAll
    void open() {
        Path directory = House.newDirectory("customers");
        house = House.open(directory, CopiedConfiguration.below(directory, CopiedConfiguration::storesBuyLabels));
    }

    @AfterAll
    void close() {
        house.close();
    }

    /** Erasing a person is one update only as long as nothing but one table knows them. */
    @Test
    void onlyTheErasableTableKnowsTheCustomer() throws InterruptedException {
        OrderId byWarehouse = house.stage()
                .place(
                        "northwind-demo.myshopify.com",
                        canary(OrderBody.usd(7_400_000_000_001L)
                                .line(4, "NW-SOCK-2PK", 1, "33.00")
                                .shipping("4.90")
                                .toJson()));
        OrderId byStore = house.stage()
                .place(
                        "northwind-jp.myshopify.com",
                        canary(OrderBody.jpy(7_400_000_000_002L)
                                .line(5, "NW-MUG-RED", 1, "2701")
                                .shipping("600")
                                .toJson()));
        CanaryWays ways = new CanaryWays(house.stage(), CustomerDataTest::canary, NAME);
        OrderId byPickup = ways.toBeCollected(7_400_000_000_006L);
        OrderId byRest = submitted("canary-1");
        soldInManyWords();
        OrderId byLabel = ways.labelled(7_400_000_000_007L);
        String code = ways.readyForPickup(byPickup);
        ways.collects(byPickup, code);
        OrderId givenUp = ways.givenUp(7_400_000_000_008L);
        assertThat(ways.returned(7_400_000_000_009L).at("/summary/money").asText())
                .isEqualTo("ENDED");
        assertThat(house.stage().end(byWarehouse).status()).isEqualTo("COMPLETED");
        assertThat(house.stage().end(byStore).status()).isEqualTo("COMPLETED");
        assertThat(house.stage().end(byPickup).status()).isEqualTo("COMPLETED");
        assertThat(house.stage().end(byRest).status()).isEqualTo("COMPLETED");
        assertThat(house.stage().end(byLabel).status()).isEqualTo("COMPLETED");
        assertThat(house.stage().end(givenUp).status()).isEqualTo("CANCELLED");
        assertThat(house.stage().end(rejectedInManyWords()).status()).isEqualTo("COMPLETED");
        assertThat(house.stage().end(heldAndDecidedInManyWords()).status()).isEqualTo("CANCELLED");
        assertThat(house.stage().end(cancelledInManyWords()).status()).isEqualTo("CANCELLED");

        // What is certainly there shows that the search reaches these places at all.
        assertThat(new Leaks(house.stack(), List.of(byStore.value(), "task queues", "-R1", "-F1")).outsideOf(ERASABLE))
                .anyMatch(place -> place.startsWith("history of "))
                .anyMatch(place -> place.startsWith("description of "))
                .anyMatch(place -> place.startsWith("details of "))
                .anyMatch(place -> place.startsWith("table order_version"))
                .anyMatch(place -> place.startsWith("log of worker"))
                .anyMatch(place -> place.startsWith("history of return/"))
                .anyMatch(place -> place.startsWith("history of reroute/"))
                .anyMatch(place -> place.startsWith("table parcel"));
        assertThat(new Leaks(house.stack(), CANARIES).inside(ERASABLE)).containsExactlyInAnyOrderElementsOf(CANARIES);
        List<String> secrets = Stream.concat(CANARIES.stream(), Stream.of(code)).toList();
        assertThat(new Leaks(house.stack(), secrets).outsideOf(ERASABLE)).isEmpty();
    }

    /** A store names the customer, and so does the person who decides. */
    private OrderId rejectedInManyWords() throws InterruptedException {
        house.stage()
                .sandbox()
                .put(
                        "/square/locations/LDOWNTOWN/script",
                        Json.object()
                                .put("behaviour", "reject")
                                .put("order", "#3")
                                .put("reason", "kept for " + NAME));
        OrderId id = house.stage()
                .place(
                        "northwind-jp.myshopify.com",
                        OrderBody.jpy(7_400_000_000_003L)
                                .line(1, "NW-TEE-BLK-M", 1, "3800")
                                .shipping("600")
                                .toJson());
        house.stage()
                .decide(house.stage().openCase(id, "FACILITY_REJECTED"), "REROUTE", NAME + " of " + STREET + " agrees");
        return id;
    }

    /** Staff type what they like into a line of no article. It becomes a case, which does not repeat it. */
    private void soldInManyWords() {
        ObjectNode sale = Json.object().put("location", "LHARBOR").put("tender", "CASH");
        sale.putArray("items")
                .addObject()
                .put("name", "repair for " + NAME + ", " + STREET)
                .put("price", 350);
        house.stage().sandbox().post("/square/sales", sale);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        Json.list(house.stage()
                                        .api()
                                        .get("/v1/cases?status=OPEN&limit=200")
                                        .path("cases"))
                                .stream()
                                .anyMatch(one -> one.path("detail").asText().contains("custom-amount")));
    }

    private OrderId heldAndDecidedInManyWords() throws InterruptedException {
        OrderId id = held(7_400_000_000_004L);
        house.stage().decide(house.stage().openCase(id, "ORDER_ON_HOLD"), "CANCEL", "write to " + MAIL);
        return id;
    }

    private OrderId cancelledInManyWords() throws InterruptedException {
        OrderId id = held(7_400_000_000_005L);
        house.stage().openCase(id, "ORDER_ON_HOLD");
        house.stage().cancel(id, "rang from " + PHONE);
        return id;
    }

    private OrderId held(long number) {
        return house.stage()
                .place(
                        "northwind-demo.myshopify.com",
                        OrderBody.usd(number)
                                .line(4, "NW-SOCK-2PK", 1, "33.00")
                                .shipping("4.90")
                                .tags("fraud-review")
                                .toJson());
    }

    /** By REST the client names the person itself. A till does so only in words of its staff's own. */
    private OrderId submitted(String externalId) {
        ObjectNode order = OrderRequest.twoMugs(externalId);
        ((ObjectNode) order.get("customer"))
                .put("name", "Ottoline " + NAME)
                .put("email", MAIL)
                .put("phone", "+1" + PHONE)
                .set("billTo", named(Json.object().put("country", "US")));
        named((ObjectNode) order.at("/delivery/address"));
        house.stage().api().post("/v1/orders", order, Map.of("Idempotency-Key", externalId));
        return house.stage().orderId("rest", externalId);
    }

    private static ObjectNode named(ObjectNode address) {
        return address.put("name", "Ottoline " + NAME)
                .put("street", "41 " + STREET)
                .put("phone", "+1" + PHONE);
    }

    /** Everywhere where a shop's order may name the buyer, also in words of the buyer's own. */
    private static ObjectNode canary(ObjectNode body) {
        body.put("email", MAIL)
                .put("contact_email", MAIL)
                .put("phone", "+1" + PHONE)
                .put("note", "a present for " + NAME + ", ring " + PHONE);
        body.putArray("note_attributes")
                .addObject()
                .put("name", "leave it at")
                .put("value", "the gate of 41 " + STREET);
        if (body.get("customer") instanceof ObjectNode customer) {
            customer.put("first_name", "Ottoline").put("last_name", NAME).put("email", MAIL);
        }
        for (String address : List.of("shipping_address", "billing_address")) {
            if (body.get(address) instanceof ObjectNode place) {
                place.put("first_name", "Ottoline")
                        .put("last_name", NAME)
                        .put("address1", "41 " + STREET)
                        .put("phone", "+1" + PHONE);
            }
        }
        return body;
    }
}
