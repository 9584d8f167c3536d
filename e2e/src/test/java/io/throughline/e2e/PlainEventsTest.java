package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.throughline.domain.order.OrderId;
import io.throughline.e2e.Subscriber.Event;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole system tells a subscriber what it does: in order, signed, and also when a worker dies over it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
@ExtendWith(SharedHouse.class)
final class PlainEventsTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Subscriber subscriber = new Subscriber();
    private final Map<String, Schema> schemas = new HashMap<>();
    private House house;
    private String subscription = "";

    @BeforeAll
    void subscribe(House shared) {
        house = shared;
        JsonNode made = house.stage().api().post("/v1/subscriptions", everyType());
        subscriber.knows(made.path("secret").asText());
        subscription = made.at("/subscription/id").asText();
    }

    private JsonNode everyType() {
        var types = Json.object().putArray("types");
        Json.list(house.stage().api().get("/v1/events/schemas").path("types"))
                .forEach(type -> types.add(type.path("type").asText()));
        return Json.object().put("url", subscriber.url()).set("types", types);
    }

    @AfterAll
    void close() {
        subscriber.close();
    }

    @Test
    @Order(1)
    void anOrdersEventsArriveInTheirOrder() throws InterruptedException {
        OrderId id = order(7_500_000_020_001L);
        house.stage().end(id);
        awaitEvent(id, "order.completed.v1");

        List<Event> events = eventsOf(id);
        assertThat(events)
                .extracting(Event::type)
                .containsSubsequence(
                        "order.received.v1", "order.accepted.v1", "shipment.confirmed.v1", "order.completed.v1")
                .contains("order.paid.v1", "posting.booked.v1", "posting.confirmed.v1");
        assertThat(events).extracting(Event::seq).isSorted().doesNotHaveDuplicates();
        assertThat(subscriber.events())
                .allMatch(Event::genuine)
                .allSatisfy(event ->
                        assertThat(violations(event)).as(event.toString()).isEmpty());
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.events())
                        .filteredOn(event -> event.type().equals("inventory.adjusted.v1"))
                        .anySatisfy(event -> {
                            assertThat(event.data().path("sku").asText()).isEqualTo("NW-SOCK-2PK");
                            assertThat(event.data().path("change").asInt()).isEqualTo(-1);
                        }));
    }

    private List<String> violations(Event event) {
        Schema schema = schemas.computeIfAbsent(event.type(), this::schema);
        return schema.validate(event.data().toString(), InputFormat.JSON).stream()
                .map(Error::getMessage)
                .toList();
    }

    private Schema schema(String type) {
        String path = type.replaceFirst("\\.v([0-9]+)$", "/$1");
        return SCHEMAS.getSchema(
                house.stage().api().get("/v1/events/schemas/" + path).toString());
    }

    /** The subscriber has the event, the worker does not know: it comes again, under the same id, and nothing overtakes it. */
    @Test
    @Order(2)
    void whatAWorkerHadInHandWhenItDiedComesAgain() throws InterruptedException {
        CountDownLatch dead = new CountDownLatch(1);
        String awaited = house.stage().orderId("northwind", "7500000020002").value();
        subscriber.takesOnly(event -> !event.subject().equals(awaited) || patiently(dead));
        OrderId id = order(7_500_000_020_002L);
        awaitEvent(id, "order.received.v1");

        house.killWorker();
        try {
            subscriber.takesOnly(event -> true);
            dead.countDown();
        } finally {
            house.stack().start(StackPart.WORKER);
        }
        house.stage().end(id);
        awaitEvent(id, "order.completed.v1");

        List<Event> events = eventsOf(id);
        assertThat(events.getFirst().id()).isEqualTo(events.get(1).id());
        Set<String> known = new HashSet<>();
        assertThat(events.stream().filter(event -> known.add(event.id())))
                .extracting(Event::seq)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(house.stage()
                        .api()
                        .get("/v1/subscriptions/" + subscription + "/deliveries")
                        .path("deliveries"))
                .isEmpty();
    }

    @Test
    @Order(3)
    void whatASupplierHasBroughtIsToldWithItsPurchaseOrder() {
        StockMoves moves = new StockMoves(house.stage());
        moves.purchase("PO-EVENT", "NW-CAP-NVY", 3);
        moves.receive("PO-EVENT");

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(subscriber.events())
                        .filteredOn(event -> event.type().equals("purchase_order.received.v1"))
                        .anySatisfy(event -> {
                            assertThat(event.data().path("facility").asText()).isEqualTo("WH-EAST");
                            assertThat(event.data().path("account").asText()).isEqualTo("tryton-northwind");
                            assertThat(violations(event)).isEmpty();
                        }));
    }

    private static boolean patiently(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private OrderId order(long number) {
        return house.stage()
                .place(
                        "northwind-demo.myshopify.com",
                        OrderBody.usd(number)
                                .line(4, "NW-SOCK-2PK", 1, "33.00")
                                .shipping("4.90")
                                .toJson());
    }

    private void awaitEvent(OrderId id, String type) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(eventsOf(id)).extracting(Event::type).contains(type));
    }

    private List<Event> eventsOf(OrderId id) {
        return subscriber.events().stream()
                .filter(event -> event.subject().equals(id.value()))
                .toList();
    }
}
