package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.e2e.EffectJudge.OwnWay;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.e2e.Ways.Step;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderRequest;
import io.throughline.local.demo.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Two orders whose work goes elsewhere, whoever dies meanwhile: for one no carrier sells a label, and what one store can't hand over its
 * customer collects at another. People do the rest by devices, as soon as they can.
 */
final class RerouteWays implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** A carrier sells the labels of its parcels, but none to the other. */
    private static final String LABELLED_AT = "ST-DUBLIN";

    private static final String NOT_SERVED = "00000";
    private static final String GIVEN_BACK_BY = "ST-HARBOR";

    private final Stage stage;
    private final StoreDevice device;
    private final Optional<Placed> unlabelled;
    private final Placed offered;
    private final Ways ways;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread people = Thread.ofVirtual().name("reroute-ways").unstarted(this::live);

    /** No till does anything about these orders by itself. {@code name} is no other client's. */
    RerouteWays(Stage stage, String name) {
        this(stage, name, true);
    }

    /** Only the one that is collected elsewhere, for where carriers sell their labels to everybody. */
    static RerouteWays ofOffered(Stage stage, String name) {
        return new RerouteWays(stage, name, false);
    }

    private RerouteWays(Stage stage, String name, boolean both) {
        this.stage = stage;
        this.device = new StoreDevice(stage.api());
        String mug = name + "-mug";
        String scarf = name + "-scarf";
        this.unlabelled = both
                ? Optional.of(submit(mug, OrderRequest.mugSentBy(mug, LABELLED_AT, NOT_SERVED)))
                : Optional.empty();
        this.offered = submit(scarf, OrderRequest.scarfFrom(scarf, GIVEN_BACK_BY));
        this.ways = new Ways(
                Stream.concat(unlabelled.map(this::sentFromElsewhere).stream(), Stream.of(collectedElsewhere()))
                        .toList());
        people.start();
    }

    private List<Step> sentFromElsewhere(Placed order) {
        return List.of(
                new Step("pack it", () -> is(order, 1, "RELEASED"), () -> device.packs(work(order, 1))),
                new Step("pack it elsewhere", () -> is(order, 2, "RELEASED"), () -> packElsewhere(order)),
                new Step(
                        "send it from there",
                        () -> is(order, 2, "PACKED"),
                        () -> device.reports(work(order, 2), "handover", Json.object())),
                new Step("be in the books", () -> isDone(order), () -> {}));
    }

    private List<Step> collectedElsewhere() {
        return List.of(
                new Step("give it back", () -> is(offered, 1, "RELEASED"), this::reject),
                new Step("choose another store", () -> isTold("ALTERNATIVES"), this::choose),
                new Step(
                        "lay it out there",
                        () -> is(offered, 2, "RELEASED"),
                        () -> device.reports(work(offered, 2), "ready", Json.object())),
                new Step(
                        "collect it",
                        () -> isTold("READY_FOR_PICKUP"),
                        () -> device.reports(
                                work(offered, 2), "handover", Json.object().put("document", "PASSPORT"))),
                new Step("be in the books", () -> isDone(offered), () -> {}));
    }

    private Placed submit(String externalId, ObjectNode order) {
        OrderId id = stage.orderId("rest", externalId);
        ShopOrders.tillsAre(stage, "manual", id);
        stage.api().post("/v1/orders", order, Map.of("Idempotency-Key", externalId));
        return new Placed(Kind.REST, "", id, externalId, "order/rest/" + externalId);
    }

    private void live() {
        try {
            while (!over.get()) {
                ways.goOn();
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException | IllegalStateException closed) {
            // The test is over.
        }
    }

    /** What they still wait for. */
    List<String> open() {
        return ways.open();
    }

    /** Until both have ended well, which people see to meanwhile. */
    void awaitEnd() {
        Resets.await("those whose work goes elsewhere", () -> ways.open().isEmpty(), ways::open);
    }

    private void packElsewhere(Placed order) {
        ObjectNode packing = Json.object();
        packing.putArray("parcels").addObject().put("carrier", "UPS").put("trackingNumber", "1Z-" + work(order, 2));
        device.reports(work(order, 2), "packing", packing);
    }

    private void reject() {
        device.reports(
                work(offered, 1),
                "rejection",
                Json.object().put("scope", "GROUP").put("reason", "OTHER"));
    }

    private void choose() {
        Offers offers = new Offers(stage.api(), offered.id());
        offers.open().ifPresent(offer -> {
            String store = Json.list(offer.path("choices")).stream()
                    .filter(choice -> choice.path("choice").asText().equals("OTHER_STORE"))
                    .map(choice -> choice.at("/stores/0/facility").asText())
                    .findFirst()
                    .orElseThrow();
            offers.answer(offer, Json.object().put("choice", "OTHER_STORE").put("store", store));
        });
    }

    private static String work(Placed order, int number) {
        return order.id() + "-F" + number;
    }

    private boolean is(Placed order, int number, String status) {
        return Json.list(shown(order).path("fulfillmentOrders")).stream()
                .filter(work -> work.path("id").asText().equals(work(order, number)))
                .anyMatch(work -> work.path("status").asText().equals(status));
    }

    private boolean isTold(String template) {
        return Json.list(stage.sandbox().get("/ledger?system=messaging&about=" + offered.id())).stream()
                .anyMatch(message -> message.path("key").asText().endsWith("/" + template));
    }

    private boolean isDone(Placed order) {
        JsonNode status = shown(order).at("/order/status");
        return status.path("lifecycle").asText().equals("COMPLETED")
                && status.path("posting").asText().equals("CONFIRMED");
    }

    private JsonNode shown(Placed order) {
        return stage.order(order.id()).orElse(Json.object());
    }

    /** Exactly what they were to do outside: each is given out twice, and taken back once; its demand is quoted anew from where it goes then. */
    List<OwnWay> expected() {
        return Stream.concat(unlabelled.map(order -> expected(order, 1)).stream(), Stream.of(expected(offered, 3)))
                .toList();
    }

    private static OwnWay expected(Placed order, long mails) {
        return new OwnWay(
                order,
                1,
                Map.ofEntries(
                        Map.entry("POST /v2/orders", 2L),
                        Map.entry("POST /v2/orders/{id}/pay", 2L),
                        Map.entry("PUT /v2/orders/{id}", 2L),
                        Map.entry("mail", mails),
                        Map.entry("sale.sale.quote", 2L),
                        Map.entry("sale.sale.draft", 1L),
                        Map.entry("sale.sale.confirm", 1L),
                        Map.entry("account.invoice.post", 1L),
                        Map.entry("account.payment.succeed", 1L)));
    }

    @Override
    public void close() {
        over.set(true);
        people.interrupt();
    }
}
