package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Ending;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stores that work with a device of their own, on the whole system: nobody touches their tills, which are told all the same. */
@Timeout(900)
@ExtendWith(SharedHouse.class)
final class PlainStoreAppTest {
    private static final String SHOP = "northwind-jp.myshopify.com";
    private static final long FIRST = 7_970_000_050_000L;
    private static final ObjectNode REJECTION =
            Json.object().put("scope", "GROUP").put("reason", "NO_CAPACITY");

    private static House house;
    private static Stage stage;
    private static Map<String, Json> devices;

    @BeforeAll
    static void open(House shared) {
        house = shared;
        stage = house.stage();
        devices = StoreDevice.ofStores(house);
    }

    @Test
    void whatADeviceReportsWhileTemporalIsDownIsAnsweredAtOnceAndCarriedOn() throws InterruptedException {
        Work work = Work.of(place(1, 1), 1);
        int before = stage.onHand("NW-TEE-BLK-M", work.facility());
        assertThat(Json.list(work.device()
                        .get("/v1/facilities/" + work.facility() + "/work")
                        .path("work")))
                .extracting(item -> item.path("id").asText())
                .contains(work.id());
        work.says("acknowledgement", Json.object());
        house.stack().kill(StackPart.TEMPORAL);
        try {
            Instant began = Instant.now();
            work.says("pick", Json.object());
            work.packs();
            work.says("handover", Json.object());
            assertThat(Duration.between(began, Instant.now()))
                    .as("three reports")
                    .isLessThan(Duration.ofSeconds(3));
        } finally {
            house.stack().start(StackPart.TEMPORAL);
        }

        Ending ending = stage.end(work.order());

        assertCompleted(ending);
        assertThat(stage.onHand("NW-TEE-BLK-M", work.facility())).isEqualTo(before - 1);
        assertThat(atShop(work.order(), "fulfillmentCreate")).isEqualTo(1);
        assertThat(atTill(work)).isEqualTo("COMPLETED");
    }

    @Test
    void whatWasFoundShipsAndTheRestComesFromElsewhere() throws InterruptedException {
        Work work = Work.of(place(2, 3), 1);
        int before = stage.onHand("NW-TEE-BLK-M", work.facility());
        ObjectNode shortage = Json.object().put("reason", "NOT_FOUND");
        shortage.putArray("lines").addObject().put("lineId", work.line()).put("found", 1);

        JsonNode answer = work.says("shortage", shortage);

        assertThat(answer.path("givenBack").asText()).isEqualTo(work.order() + "-F2");
        work.ships();
        Work rest = Work.of(work.order(), 3);
        assertThat(rest.facility()).isNotEqualTo(work.facility());
        rest.ships();
        assertCompleted(stage.end(work.order()));
        assertThat(stage.onHand("NW-TEE-BLK-M", work.facility()))
                .as("one has left and two were never there")
                .isEqualTo(before - 3);
        assertThat(atShop(work.order(), "fulfillmentCreate")).isEqualTo(2);
        assertThat(stage.cases(work.order().value())).isEmpty();
    }

    @Test
    void ofOneWhoRejectsAndOneWhoPacksAtOnceOneWins() throws InterruptedException, ExecutionException {
        Work work = Work.of(place(3, 1), 1);

        List<Optional<String>> refusals = atOnce(() -> work.says("rejection", REJECTION), () -> work.packs());

        assertOneWon(refusals);
        if (refusals.getFirst().isEmpty()) {
            Work.of(work.order(), 2).ships();
        } else {
            work.says("handover", Json.object());
        }
        assertCompleted(stage.end(work.order()));
        assertThat(stage.cases(work.order().value())).isEmpty();
    }

    @Test
    void ofOneWhoCancelsAndOneWhoHandsOverAtOnceOneWins() throws InterruptedException, ExecutionException {
        Work work = Work.of(place(4, 1), 1);
        work.packs();

        List<Optional<String>> refusals = atOnce(
                () -> stage.api()
                        .post(
                                "/v1/orders/" + work.order() + "/cancellation",
                                Json.object().put("reason", "by telephone")),
                () -> work.says("handover", Json.object()));

        assertOneWon(refusals);
        assertThat(stage.end(work.order()).status())
                .isEqualTo(refusals.getFirst().isEmpty() ? "CANCELLED" : "COMPLETED");
    }

    @Test
    void aStoreThatIsPausedLosesItsWorkToAnotherAndGetsNothingNew() throws InterruptedException {
        Work work = Work.of(place(5, 1), 1);
        String pause = "/v1/facilities/" + work.facility();
        stage.api()
                .post(pause + "/pause", Json.object().put("reason", "flooded").put("openWork", "REROUTE"));
        try {
            Work elsewhere = Work.of(work.order(), 2);
            Work next = Work.of(place(6, 1), 1);

            assertThat(List.of(elsewhere.facility(), next.facility())).doesNotContain(work.facility());
            elsewhere.ships();
            next.ships();
            assertCompleted(stage.end(work.order()));
            assertCompleted(stage.end(next.order()));
        } finally {
            stage.api().post(pause + "/resumption", Json.object());
        }
        assertThat(stage.cases(work.order().value())).isEmpty();
        assertThat(atTill(work)).isEqualTo("CANCELED");
    }

    /** First by the shop's staff, then by the bank: each time the store is refused, with the reason, until it is let go. */
    @Test
    void whatIsHeldAtItsShopIsRefusedAtItsStoreUntilItIsLetGo() throws InterruptedException {
        Work work = Work.of(place(7, 1), 1);
        String shop = "/shopify/" + SHOP;
        String number =
                stage.order(work.order()).orElseThrow().at("/order/externalId").asText();
        String item = shop + "/fulfillment-orders/"
                + stage.sandbox()
                        .get(shop + "/fulfillment-orders?order=" + number)
                        .path(0)
                        .path("id")
                        .asText();

        stage.sandbox().post(item + "/hold", Json.object().put("reason", "INCORRECT_ADDRESS"));
        awaitHeld(work, "INCORRECT_ADDRESS");
        assertRefused(work);
        stage.sandbox().post(item + "/release-hold", Json.object());
        awaitHeld(work, "");
        work.says("acknowledgement", Json.object());

        stage.sandbox().post(shop + "/orders/" + number + "/dispute", Json.object());
        awaitHeld(work, "disputed");
        assertRefused(work);
        stage.decide(stage.openCase(work.order(), "PAYMENT_DISPUTED"), "RELEASE_HOLD", "the customer wants it");
        awaitHeld(work, "");
        work.ships();

        assertCompleted(stage.end(work.order()));
    }

    private static void assertRefused(Work work) {
        assertThatThrownBy(() -> work.says("pick", Json.object())).hasMessageContaining(": 409 ");
    }

    /** Nothing: until it is held no more. */
    private static void awaitHeld(Work work, String reason) throws InterruptedException {
        stage.await(
                work.id() + " to be held: '" + reason + "'",
                () -> stage.order(work.order()).flatMap(view -> Work.named(view, work.id())),
                found -> reason.isEmpty()
                        ? found.path("held").asText("").isEmpty()
                        : found.path("held").asText().contains(reason));
    }

    /** A piece of work that a store was given. */
    private record Work(OrderId order, String id, String facility, String line, String till) {
        static Work of(OrderId order, int ordinal) throws InterruptedException {
            String id = order + "-F" + ordinal;
            JsonNode found = stage.await(
                    id + " to be given to a store",
                    () -> stage.order(order).flatMap(view -> named(view, id)),
                    work -> work.path("status").asText().equals("RELEASED"));
            return new Work(
                    order,
                    id,
                    found.path("facility").asText(),
                    found.at("/lines/0/lineId").asText(),
                    found.path("workReference").asText());
        }

        private static Optional<JsonNode> named(JsonNode order, String id) {
            return Json.list(order.path("fulfillmentOrders")).stream()
                    .filter(work -> work.path("id").asText().equals(id))
                    .findFirst();
        }

        Json device() {
            return Optional.ofNullable(devices.get(facility)).orElseThrow();
        }

        JsonNode says(String report, ObjectNode body) {
            return new StoreDevice(device()).reports(id, report, body);
        }

        JsonNode packs() {
            ObjectNode body = Json.object();
            body.putArray("parcels").addObject().put("carrier", "UPS").put("trackingNumber", "1Z-" + id);
            return says("packing", body);
        }

        void ships() {
            packs();
            says("handover", Json.object());
        }
    }

    private static OrderId place(int number, int units) {
        return stage.place(
                SHOP,
                OrderBody.jpy(FIRST + number)
                        .line(1, "NW-TEE-BLK-M", units, "3800")
                        .shipping("600")
                        .toJson());
    }

    /** What each was refused, if it was. */
    private static List<Optional<String>> atOnce(Runnable first, Runnable second)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            List<Future<Optional<String>>> answers =
                    people.invokeAll(List.of(attempt(start, first), attempt(start, second)), 1, TimeUnit.MINUTES);
            return List.of(answers.getFirst().get(), answers.getLast().get());
        }
    }

    private static Callable<Optional<String>> attempt(CyclicBarrier start, Runnable call) {
        return () -> {
            start.await();
            try {
                call.run();
                return Optional.empty();
            } catch (Json.UnexpectedAnswer refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
        };
    }

    private static void assertOneWon(List<Optional<String>> refusals) {
        assertThat(refusals.stream().flatMap(Optional::stream))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal).contains(": 409 "));
    }

    private static void assertCompleted(Ending ending) {
        assertThat(ending.status() + " " + ending.payment() + " " + ending.posting())
                .isEqualTo("COMPLETED CAPTURED CONFIRMED");
    }

    private static long atShop(OrderId order, String operation) {
        String number = stage.order(order).orElseThrow().at("/order/externalId").asText();
        return Json.list(stage.sandbox().get("/ledger?about=" + number)).stream()
                .filter(row -> row.path("operation").asText().equals(operation))
                .count();
    }

    private static String atTill(Work work) throws InterruptedException {
        return stage.await(
                        "the till to have " + work.id() + " ended",
                        () -> Optional.of(stage.sandbox().get("/square/orders/" + work.till())),
                        found -> List.of("COMPLETED", "CANCELED")
                                .contains(found.at("/fulfillments/0/state").asText()))
                .at("/fulfillments/0/state")
                .asText();
    }
}
