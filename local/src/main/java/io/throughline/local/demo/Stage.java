package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.local.Stack;
import io.throughline.local.StackPart;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What a script can do: act as the shop, the stores and the till through the sandbox, and look and decide through the API. */
public final class Stage {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration GLANCE = Duration.ofMillis(300);

    /** An end stays, and so need not be seen at once: dozens of scripts that look for theirs keep a machine busy. */
    private static final Duration LONGEST_GLANCE = Duration.ofSeconds(1);

    private static final int GLANCES_OF_A_WAIT = 8;

    /** Those that the scripts speak of. */
    private static final List<String> TOPICS = List.of("ORDERS_CREATE", "ORDERS_UPDATED", "FULFILLMENTS_CREATE");

    private static final List<String> TILLS = List.of("LDOWNTOWN", "LHARBOR", "LDUBLIN");

    private final Stack stack;
    private final Json sandbox;
    private final Json api;

    public Stage(Stack stack) {
        this.stack = stack;
        this.sandbox = new Json(stack.sandboxControl(), Map.of());
        String key =
                stack.localApiKey().orElseThrow(() -> new IllegalStateException("the api-server made no local key"));
        this.api = new Json(stack.api(), Map.of("Authorization", "Bearer " + key));
    }

    public Stack stack() {
        return stack;
    }

    public Json sandbox() {
        return sandbox;
    }

    public Json api() {
        return api;
    }

    /** Until somebody listens, what a shop says is lost, and its orders come by the reconciliation only. */
    public void awaitSubscribed(String shop) throws InterruptedException {
        await(
                "the webhooks of " + shop + " to be subscribed to",
                () -> Optional.of(sandbox.get("/shopify/" + shop + "/subscriptions")),
                found -> Json.list(found).stream()
                        .map(subscription -> subscription.path("topic").asText())
                        .toList()
                        .containsAll(TOPICS));
    }

    /** The order comes into being in a shop, whose webhooks go out; gives our own name of it. */
    public OrderId place(String shop, ObjectNode body) {
        sandbox.post("/shopify/" + shop + "/orders", body);
        return orderId(accountOf(shop), body.path("id").asText());
    }

    /** Asks us to cancel an order. */
    public void cancel(OrderId id, String why) {
        api.post("/v1/orders/" + id + "/cancellation", Json.object().put("reason", why));
    }

    /** A client of the API hands an order over; gives our own name of it. */
    OrderId submit(String externalId, ObjectNode order) {
        api.post("/v1/orders", order, Map.of("Idempotency-Key", externalId));
        return orderId("rest", externalId);
    }

    public OrderId orderId(String account, String externalId) {
        return OrderId.of(new OrderKey(AccountId.of(account), externalId));
    }

    private static String accountOf(String shop) {
        return shop.equals("northwind-demo.myshopify.com") ? "northwind" : shop.replace(".myshopify.com", "");
    }

    /** No store's till does anything by itself about the order that has this name there. */
    void tillsLeaveToUs(String order) {
        TILLS.forEach(till -> sandbox.put(
                "/square/locations/" + till + "/script",
                Json.object().put("behaviour", "manual").put("order", order)));
    }

    /** A till counts so many units more of a SKU at its store, or fewer. */
    void adjust(String till, String sku, int quantity) {
        sandbox.post(
                "/square/adjustments",
                Json.object().put("location", till).put("sku", sku).put("quantity", quantity));
    }

    /** Whatever a system is asked to do so for the first work of this order, it answers with a status, and does nothing. */
    void failing(OrderId order, String system, String operation, int status) {
        sandbox.post(
                "/faults",
                Json.object()
                        .put("id", order.value())
                        .put("system", system)
                        .put("operation", operation)
                        .put("bodyContains", order.value() + "-F1")
                        .put("kind", "status")
                        .put("status", status)
                        .put("times", 1_000_000));
    }

    void working(OrderId order) {
        sandbox.delete("/faults/" + order.value());
    }

    /** Meddles with the next webhook of this topic that carries the order's number. */
    void webhookFault(String topic, String kind, String number) {
        sandbox.post(
                "/webhook-faults",
                Json.object()
                        .put("system", "shopify")
                        .put("topic", topic)
                        .put("bodyContains", number)
                        .put("kind", kind)
                        .put("delayMillis", 3000));
    }

    /** False where a real ERP runs, of which the sandbox knows nothing. */
    boolean erpIsSandbox() {
        return !stack.options().parts().contains(StackPart.ERP);
    }

    /** Waits until the order has ended, and gives how. */
    public Ending end(OrderId id) throws InterruptedException {
        JsonNode order = await(
                "order " + id + " to end",
                PATIENCE,
                Stage::growing,
                () -> order(id),
                found -> List.of("COMPLETED", "CANCELLED", "REJECTED").contains(status(found, "lifecycle")));
        return new Ending(
                id.value(),
                List.of(id.value(), order.at("/order/externalId").asText()),
                status(order, "lifecycle"),
                status(order, "payment"),
                status(order, "posting"),
                Route.of(order),
                documents(id));
    }

    /**
     * Waits until the summary of its store's day that has this sale in it is in the books, and gives how it ended. Beside the sale's own
     * name, its documents are known by that of the summary.
     */
    public Ending endOfSale(String sale) throws InterruptedException {
        JsonNode found = await(
                "sale " + sale + " to be in the books",
                () -> sale(sale),
                told -> !posted(told).isEmpty() && posted(told).stream().allMatch(Stage::isConfirmed));
        String store = found.path("facility").asText();
        JsonNode entry = found.at("/entries/0");
        return new Ending(
                sale,
                List.of(
                        sale,
                        "store-day/" + store + "/" + entry.path("postedWith").asText() + "/"
                                + entry.path("summary").asText() + "/"),
                "SOLD",
                "PAID",
                "CONFIRMED",
                Route.overTheCounter(store),
                posted(found).stream()
                        .map(journal -> journal.path("documentNumber").asText())
                        .toList());
    }

    /** As the lookup finds it; empty while nobody has heard of it. */
    public Optional<JsonNode> sale(String sale) {
        try {
            String address = api.get("/v1/lookup?id=" + sale).path("storeSale").asText("");
            return address.isEmpty()
                    ? Optional.empty()
                    : Optional.of(api.get(address.substring(address.indexOf("/v1/"))));
        } catch (Json.UnexpectedAnswer notYet) {
            return Optional.empty();
        }
    }

    private static List<JsonNode> posted(JsonNode sale) {
        return Json.list(sale.at("/entries/0/journals"));
    }

    private static boolean isConfirmed(JsonNode journal) {
        return journal.path("status").asText().equals("CONFIRMED");
    }

    /** How many units of a SKU a facility has, as the API shows it. */
    public int onHand(String sku, String facility) {
        return api.get("/v1/availability?sku=" + sku + "&facility=" + facility)
                .at("/facilities/0/quantities/onHand")
                .asInt();
    }

    private List<String> documents(OrderId id) {
        return Json.list(api.get("/v1/orders/" + id + "/journals").path("journals")).stream()
                .map(journal -> journal.path("documentNumber").asText(""))
                .filter(number -> !number.isEmpty())
                .toList();
    }

    /** Waits until something of the order is in the ERP's books. */
    public void awaitBooked(OrderId id) throws InterruptedException {
        await(
                "something of " + id + " to be booked",
                () -> order(id),
                found -> !documents(id).isEmpty());
    }

    private static String status(JsonNode order, String axis) {
        return order.at("/order/status/" + axis).asText();
    }

    /** Waits for the order's case with this code, and gives its id. */
    public String openCase(OrderId id, String code) throws InterruptedException {
        return await(
                        "a case " + code + " of " + id,
                        () -> Json.list(api.get("/v1/cases?status=OPEN&limit=200")
                                        .path("cases"))
                                .stream()
                                .filter(one -> one.path("subject").asText().equals(id.value()))
                                .filter(one -> one.path("code").asText().equals(code))
                                .findFirst(),
                        found -> true)
                .path("id")
                .asText();
    }

    /** Those about this subject, whatever has become of them, the latest first. */
    public List<JsonNode> cases(String subject) {
        return Json.list(api.get("/v1/cases?limit=200").path("cases")).stream()
                .filter(one -> one.path("subject").asText().equals(subject))
                .toList();
    }

    public void decide(String caseId, String action, String note) {
        api.post(
                "/v1/cases/" + caseId + "/decisions",
                Json.object().put("action", action).put("note", note));
    }

    public Optional<JsonNode> order(OrderId id) {
        try {
            return Optional.of(api.get("/v1/orders/" + id));
        } catch (Json.UnexpectedAnswer notYet) {
            return Optional.empty();
        }
    }

    /** Waits until the order's work at a facility has a status. */
    public void awaitWork(OrderId id, String status) throws InterruptedException {
        await(
                "work of " + id + " to be " + status,
                () -> order(id),
                found -> Json.list(found.path("fulfillmentOrders")).stream()
                        .anyMatch(work -> work.path("status").asText().equals(status)));
    }

    public JsonNode await(String what, Supplier<Optional<JsonNode>> look, Predicate<JsonNode> enough)
            throws InterruptedException {
        return await(what, PATIENCE, look, enough);
    }

    JsonNode await(String what, Duration patience, Supplier<Optional<JsonNode>> look, Predicate<JsonNode> enough)
            throws InterruptedException {
        return await(what, patience, _ -> GLANCE, look, enough);
    }

    /** {@code glance} says how long to wait until the next look, of how long has been waited. */
    private JsonNode await(
            String what,
            Duration patience,
            UnaryOperator<Duration> glance,
            Supplier<Optional<JsonNode>> look,
            Predicate<JsonNode> enough)
            throws InterruptedException {
        Instant began = Instant.now();
        Instant until = began.plus(patience);
        Optional<JsonNode> last = Optional.empty();
        while (Instant.now().isBefore(until)) {
            last = unlessRestarting(look);
            if (last.filter(enough).isPresent()) {
                return last.get();
            }
            Thread.sleep(glance.apply(Duration.between(began, Instant.now())));
        }
        throw new IllegalStateException("waited " + patience.toSeconds() + " s for " + what + "; last seen: "
                + last.map(JsonNode::toString).orElse("nothing"));
    }

    private static Duration growing(Duration waited) {
        Duration part = waited.dividedBy(GLANCES_OF_A_WAIT);
        if (part.compareTo(GLANCE) < 0) {
            return GLANCE;
        }
        return part.compareTo(LONGEST_GLANCE) < 0 ? part : LONGEST_GLANCE;
    }

    private static Optional<JsonNode> unlessRestarting(Supplier<Optional<JsonNode>> look) {
        try {
            return look.get();
        } catch (UncheckedIOException away) {
            return Optional.empty();
        } catch (Json.UnexpectedAnswer refused) {
            if (refused.notNow()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    public static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }
}
