package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bad hour: the ERP's period is closed, so it refuses whatever is sold; one store's till is silent; Shopify throttles; one webhook can't
 * be read. What people then decide is not done here. It is over when every order has ended well, and judged by what the API shows:
 * nothing is open, and nothing was in the queue twice.
 *
 * <p>Of many orders the first come at once, and the others as those have come to where they are stuck: deadlines are of seconds here, and on a
 * slow machine the news of hundreds at a time would be late for other reasons than these.
 */
public final class Incident {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String JAPAN = "northwind-jp.myshopify.com";
    private static final String SILENT = "/square/locations/LDOWNTOWN/script";

    /** As many as one answer of the API lists. */
    private static final int MOST_CASES = 500;

    private static final int AT_ONCE = 60;

    /** What an order takes to come so far, on a machine that has other things to do. */
    private static final Duration FOR_EACH = Duration.ofSeconds(1);

    /** How far the day of a shop may be from that of UTC. */
    private static final Duration FURTHEST_ZONE = Duration.ofHours(14);

    private static final List<Product> PRODUCTS = List.of(
            new Product(1, "NW-TEE-BLK-M", "25.00"),
            new Product(2, "NW-CAP-NVY", "40.00"),
            new Product(3, "NW-JKT-GRN-L", "132.00"),
            new Product(4, "NW-SOCK-2PK", "33.00"),
            new Product(5, "NW-MUG-RED", "18.00"),
            new Product(8, "NW-SCARF-GRY", "29.00"));

    private final Stage stage;
    private final int wanted;
    private final int silent;
    private final long firstNumber;
    private final long lastCaseBefore;
    private final List<String> periods;
    private final List<OrderId> orders = new ArrayList<>();

    private record Product(int variant, String sku, String price) {}

    private Incident(Stage stage, int wanted, int silent, long firstNumber) {
        this.stage = stage;
        this.wanted = wanted;
        this.silent = silent;
        this.firstNumber = firstNumber;
        this.lastCaseBefore =
                allCases("").stream().mapToLong(Incident::number).max().orElse(0);
        this.periods = Stream.of(FURTHEST_ZONE.negated(), FURTHEST_ZONE)
                .map(Instant.now()::plus)
                .map(moment -> YearMonth.from(moment.atOffset(ZoneOffset.UTC)).toString())
                .distinct()
                .toList();
    }

    /** So many orders run into it, of which {@code silent} are the silent store's. Their numbers begin with {@code firstNumber}. */
    public static Incident befalls(Stage stage, int orders, int silent, long firstNumber) throws InterruptedException {
        Incident incident = new Incident(stage, orders, silent, firstNumber);
        incident.begin();
        incident.placeUpTo(AT_ONCE);
        new SignedWebhooks(stage.stack(), List.of()).sendTorn(firstNumber);
        return incident;
    }

    private void begin() throws InterruptedException {
        for (String period : periods) {
            close(period);
        }
        stage.sandbox().put(SILENT, Json.object().put("behaviour", "silent"));
        throttle(0, 2_000, 20);
    }

    /** The accountant can't close a period before what was sold earlier is in the books. */
    private void close(String period) throws InterruptedException {
        stage.await(
                "period " + period + " to be closed",
                () -> {
                    try {
                        return Optional.of(stage.sandbox().post("/tryton/periods/" + period + "/close", Json.object()));
                    } catch (Json.UnexpectedAnswer notYet) {
                        return Optional.empty();
                    }
                },
                closed -> true);
    }

    private void throttle(int left, int most, int perSecond) {
        stage.sandbox()
                .put(
                        "/shopify/throttle",
                        Json.object()
                                .put("maximumAvailable", most)
                                .put("restoreRate", perSecond)
                                .put("currentlyAvailable", left));
    }

    private void placeUpTo(long number) {
        while (orders.size() < Math.min(number, wanted)) {
            orders.add(place(orders.size()));
        }
    }

    /** Those of the silent store come first, for it is waited for the longest. */
    private OrderId place(int ordinal) {
        if (ordinal < silent) {
            ObjectNode body = OrderBody.jpy(firstNumber + ordinal)
                    .line(1, "NW-TEE-BLK-M", 1, "3800")
                    .shipping("600")
                    .toJson();
            return stage.place(JAPAN, named(body));
        }
        Product product = PRODUCTS.get(ordinal % PRODUCTS.size());
        ObjectNode body = OrderBody.usd(firstNumber + ordinal)
                .line(product.variant(), product.sku(), 1, product.price())
                .shipping("4.90")
                .toJson();
        return stage.place(SHOP, named(body));
    }

    /** So many orders would soon have a name of those before. */
    private static ObjectNode named(ObjectNode body) {
        return body.put("name", "#" + body.path("id").asText());
    }

    public List<OrderId> orders() {
        return List.copyOf(orders);
    }

    /** Shopify lets us call again, and more often than before: {@code much} as one of its largest plans does. */
    public void shopifyRecovers(boolean much) {
        throttle(much ? 20_000 : 2_000, much ? 20_000 : 2_000, much ? 1_000 : 100);
    }

    /** Until each order waits for somebody because of the period, and the other cases are in the queue too. */
    public void awaitQueue() throws InterruptedException {
        awaitQueue(stuck -> {});
    }

    /** {@code told} hears how many orders are stuck, whenever there is a look at it. */
    void awaitQueue(LongConsumer told) throws InterruptedException {
        stage.await(
                wanted + " cases " + Trouble.CLOSED_PERIOD.code(),
                Stage.PATIENCE.plus(FOR_EACH.multipliedBy(wanted)),
                () -> {
                    long stuck = stuck();
                    told.accept(stuck);
                    placeUpTo(stuck + AT_ONCE);
                    return Optional.of(Json.object().put("open", stuck));
                },
                found -> found.path("open").asLong() >= wanted);
        awaitOpen(Trouble.POISON_WEBHOOK, 1);
        awaitOpen(Trouble.SILENT_STORE, silent);
    }

    private void awaitOpen(Trouble trouble, int number) throws InterruptedException {
        stage.await(
                number + " cases " + trouble.code(),
                () -> Optional.of(Json.object().put("open", open(trouble).size())),
                found -> found.path("open").asInt() >= number);
    }

    /** How many orders the period has come to. Of hundreds the whole list is long, so it is read when the groups tell of enough. */
    private long stuck() {
        long told = Json.list(stage.api().get("/v1/cases/groups?limit=100").path("groups")).stream()
                .filter(group -> group.path("code").asText().equals(Trouble.CLOSED_PERIOD.code()))
                .mapToLong(group -> group.path("cases").asLong())
                .sum();
        if (told < wanted) {
            return told;
        }
        Set<String> ids = orders.stream().map(OrderId::value).collect(Collectors.toSet());
        return open(Trouble.CLOSED_PERIOD).stream()
                .filter(one -> ids.contains(one.path("subject").asText()))
                .count();
    }

    /** The period is open again. What was refused is not tried before somebody decides so. */
    public void erpRecovers() {
        periods.forEach(period -> stage.sandbox().post("/tryton/periods/" + period + "/reopen", Json.object()));
    }

    /** Until every order has ended; then the store works again, for what comes after. */
    public void awaitEnd() throws InterruptedException {
        for (OrderId order : orders) {
            stage.end(order);
        }
        // What the throttled shop was in the way of closes by itself, at the next look.
        stage.await(
                "no case to be left",
                () -> Optional.of(Json.object().put("left", String.join(", ", left()))),
                found -> found.path("left").asText().isEmpty());
        stage.sandbox().put(SILENT, Json.object().put("behaviour", "ship"));
    }

    /** What is open of it, or decided and not yet done. */
    private List<String> left() {
        return Stream.of("OPEN", "DECIDED")
                .flatMap(status -> casesSince("&status=" + status).stream())
                .map(one -> one.path("status").asText() + ": " + words(one))
                .toList();
    }

    /** Since it began, the latest first. */
    public List<JsonNode> cases(Trouble trouble) {
        return casesSince("&code=" + trouble.code());
    }

    public List<JsonNode> open(Trouble trouble) {
        return casesSince("&status=OPEN&code=" + trouble.code());
    }

    /** The causes of what is open, that of most cases first. */
    List<String> causes(Trouble trouble) {
        Map<String, Long> sizes = open(trouble).stream()
                .collect(Collectors.groupingBy(Incident::cause, TreeMap::new, Collectors.counting()));
        return sizes.keySet().stream()
                .sorted(Comparator.comparing(sizes::get, Comparator.reverseOrder()))
                .toList();
    }

    int open(Trouble trouble, String cause) {
        return (int)
                open(trouble).stream().filter(one -> cause(one).equals(cause)).count();
    }

    private static String cause(JsonNode found) {
        return found.path("fingerprint").asText();
    }

    private List<JsonNode> casesSince(String filter) {
        List<JsonNode> newest = allCases(filter);
        Stage.check(
                newest.size() < MOST_CASES || number(newest.getLast()) <= lastCaseBefore,
                "there are more cases than one answer lists: " + filter);
        return newest.stream().filter(one -> number(one) > lastCaseBefore).toList();
    }

    private List<JsonNode> allCases(String filter) {
        return Json.list(
                stage.api().get("/v1/cases?limit=" + MOST_CASES + filter).path("cases"));
    }

    private static long number(JsonNode found) {
        return Long.parseLong(found.path("id").asText().substring("C-".length()));
    }

    private static boolean isClosed(JsonNode found) {
        return found.path("status").asText().equals("CLOSED");
    }

    /** How many calls Shopify has refused since it began to throttle. */
    long throttledCalls() {
        return stage.sandbox().get("/shopify/throttle").findValues("throttled").stream()
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    /** When its cases of one cause were decided. */
    Pace decisions(Trouble trouble, String cause) {
        return new Pace(cases(trouble).stream()
                .filter(one -> cause(one).equals(cause))
                .map(one -> one.at("/decision/at").asText(""))
                .filter(at -> !at.isEmpty())
                .map(Instant::parse)
                .toList());
    }

    /** Names the last change that the ERP has made. */
    long lastErpChange() {
        List<JsonNode> changes = erpChanges(0);
        return changes.isEmpty() ? 0 : changes.getLast().path("seq").asLong();
    }

    Pace erpChangesSince(long last) {
        return new Pace(erpChanges(last).stream()
                .map(change -> Instant.parse(change.path("at").asText()))
                .toList());
    }

    private List<JsonNode> erpChanges(long since) {
        return Json.list(stage.sandbox().get("/ledger?system=tryton&since=" + since));
    }

    /** From the first case of a trouble to the last that was closed. */
    Duration lasted(Trouble trouble) {
        List<JsonNode> found = cases(trouble);
        Instant first = found.stream()
                .map(one -> Instant.parse(one.path("openedAt").asText()))
                .min(Instant::compareTo)
                .orElseThrow();
        Instant last = found.stream()
                .filter(Incident::isClosed)
                .map(one -> Instant.parse(one.path("closedAt").asText()))
                .max(Instant::compareTo)
                .orElseThrow();
        return Duration.between(first, last);
    }

    /** A line for each thing that is not as it should be when it is over. */
    public List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        left().forEach(one -> wrong.add("still " + one));
        doubles(wrong);
        for (OrderId order : orders) {
            wrong(order).ifPresent(wrong::add);
        }
        return wrong;
    }

    /** One subject is stopped by one trouble once: it never came twice here. */
    private void doubles(List<String> wrong) {
        for (Trouble trouble : Trouble.values()) {
            Set<String> seen = new HashSet<>();
            cases(trouble).stream()
                    .filter(one -> !seen.add(one.path("subject").asText()))
                    .forEach(one -> wrong.add("twice in the queue: " + words(one)));
        }
    }

    private static String words(JsonNode one) {
        return one.path("id").asText() + " " + one.path("code").asText() + " of "
                + one.path("subject").asText();
    }

    private Optional<String> wrong(OrderId order) {
        try {
            Ending ending = stage.end(order);
            Effects.of(stage, ending).checkAsShown(ending, true);
            boolean well = ending.status().equals("COMPLETED")
                    && ending.payment().equals("CAPTURED")
                    && ending.posting().equals("CONFIRMED");
            return well
                    ? Optional.empty()
                    : Optional.of(
                            order + " ended " + ending.status() + ", " + ending.payment() + ", " + ending.posting());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of("stopped");
        } catch (IllegalStateException unfit) {
            return Optional.of(order + ": " + unfit.getMessage());
        }
    }

    /** How the orders ended, in a few words. */
    String ends() {
        Map<String, Integer> ends = new HashMap<>();
        orders.forEach(order -> stage.order(order)
                .ifPresent(
                        shown -> ends.merge(shown.at("/order/status/lifecycle").asText(), 1, Integer::sum)));
        return String.join(
                ", ",
                ends.entrySet().stream()
                        .map(end -> end.getValue() + " " + end.getKey())
                        .sorted()
                        .toList());
    }
}
