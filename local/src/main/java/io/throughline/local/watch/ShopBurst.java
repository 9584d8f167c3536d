package io.throughline.local.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockSource;
import io.throughline.local.Stack;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Many places of two warehouses, of things that only one shop sells, and very many changes there while that shop is away. What it was told
 * afterwards is judged by its own ledger.
 */
public final class ShopBurst {
    private static final int BEGUN_WITH = 20;
    private static final int AT_ONCE = 100;
    private static final int PAGE = 250;
    private static final int MOST_LINES = 125;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final String BY_CHANGE = """
            select facility, sku from stock_balance where sku like 'MADE-UP-%' and facility like 'WH-%'
            order by changed_in, sku, facility
            """;

    /** By the numbers of their locations in the shop. */
    private static final Map<Long, String> WAREHOUSES = Map.of(70_000_000_001L, "WH-EAST", 70_000_000_002L, "WH-WEST");

    private static final long FIRST_ITEM = 47_100_000_010_001L;

    private final Stage stage;
    private final InventoryLedger ledger;
    private final String shop;
    private final int things;
    private final long seed;
    private final List<Place> places = new ArrayList<>();
    private final Map<Place, Integer> units = new HashMap<>();
    private final List<Movement> made = new ArrayList<>();
    private int number;
    private long begun;

    /** So many {@code things}, each of which lies in both warehouses. */
    public ShopBurst(Stage stage, InventoryLedger ledger, String shop, int things, long seed) {
        this.stage = stage;
        this.ledger = ledger;
        this.shop = shop;
        this.things = things;
        this.seed = seed;
        for (int thing = 1; thing <= things; thing++) {
            for (String warehouse : new TreeSet<>(WAREHOUSES.values())) {
                places.add(new Place(warehouse, sku(thing)));
            }
        }
    }

    private record Place(String facility, String sku) {}

    /** What the shop was told of a place, by the how many-th call. */
    private record Told(int call, Place place, int before, int after) {}

    /** The shop sells the things, and shows how many there are of them. */
    public void stock() throws InterruptedException {
        throttle(100_000, 100_000, 100_000);
        stage.sandbox().post("/shopify/" + shop + "/variants", Json.object().put("count", things));
        places.forEach(place -> move(place, BEGUN_WITH));
        book();
        awaitTold(told -> {});
        begun = StandInLedger.last(stage, "shopify");
    }

    /** So many changes, one after the other: each place changes at least once, most several times, and none ends as it began. */
    public void change(int changes) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < changes; i++) {
            Place place = places.get(i < places.size() ? i : random.nextInt(places.size()));
            move(place, units.getOrDefault(place, 0) > 1 && random.nextBoolean() ? -1 : 1 + random.nextInt(3));
        }
        for (Place place : places) {
            if (units.getOrDefault(place, 0) == BEGUN_WITH) {
                move(place, 1);
            }
        }
        book();
    }

    private void move(Place place, int change) {
        units.merge(place, change, Integer::sum);
        made.add(new Movement(
                new StockSource(StockSource.PEOPLE, "burst/" + ++number, 1),
                new FacilityId(place.facility()),
                Sku.of(place.sku()),
                Measure.ON_HAND,
                change > 0 ? Kind.RECEIPT : Kind.ADJUSTMENT,
                change,
                Optional.of("a burst"),
                Instant.now()));
    }

    private void book() {
        for (int from = 0; from < made.size(); from += AT_ONCE) {
            ledger.record(made.subList(from, Math.min(made.size(), from + AT_ONCE)));
        }
        made.clear();
    }

    /** Nothing of the shop answers; gives the name of the outage. */
    public String away() {
        return stage.sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("system", "shopify")
                                .put("operation", "*")
                                .put("kind", "status")
                                .put("status", 503)
                                .put("times", 1_000_000))
                .path("id")
                .asText();
    }

    /** The shop answers again, with an empty bucket of {@code maximum} points that fills by {@code perSecond}. */
    public void back(String outage, int maximum, int perSecond) {
        throttle(maximum, perSecond, 0);
        stage.sandbox().delete("/faults/" + outage);
    }

    private void throttle(int maximum, int perSecond, int level) {
        stage.sandbox()
                .put(
                        "/shopify/throttle",
                        Json.object()
                                .put("maximumAvailable", maximum)
                                .put("restoreRate", perSecond)
                                .put("currentlyAvailable", level));
    }

    /** Waits until the shop shows what there is; {@code progress} hears of how many places it does. */
    public void awaitTold(IntConsumer progress) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        int shown = shown();
        while (shown < places.size()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("after " + PATIENCE + " the shop shows " + shown + " of "
                        + places.size() + " places as they are");
            }
            progress.accept(shown);
            Thread.sleep(BETWEEN_LOOKS);
            shown = shown();
        }
    }

    private int shown() {
        int right = 0;
        for (JsonNode level : Json.list(stage.sandbox().get("/shopify/" + shop + "/inventory"))) {
            Place place =
                    new Place(level.path("facility").asText(), level.path("sku").asText());
            Integer wanted = units.get(place);
            if (wanted != null && wanted == level.path("on_hand").asInt()) {
                right++;
            }
        }
        return right;
    }

    public int places() {
        return places.size();
    }

    /** Without those that stocked the places. */
    public int changes() {
        return number - places.size();
    }

    /** How many calls the shop took since the outage began. */
    public int calls() {
        return changesSinceBegun().size();
    }

    /** What the shop was paid since it is back, and how often it refused a call as too dear. */
    public JsonNode account() {
        return stage.sandbox().get("/shopify/throttle").path(shop);
    }

    /** A line for each thing that is not as it should be, so long after the shop was there again. */
    public List<String> wrong(Duration since) {
        List<String> wrong = new ArrayList<>();
        List<Told> all = told();
        lost(all, wrong);
        outOfOrder(all, wrong);
        JsonNode account = account();
        double most = account.path("restoreRate").asDouble() * (since.toMillis() / 1000.0 + 1);
        if (account.path("spent").asDouble() > most) {
            wrong.add("it was paid " + account.path("spent") + " points, and had only " + most);
        }
        if (account.path("lowest").asDouble() < 0) {
            wrong.add("its bucket was at " + account.path("lowest"));
        }
        // Each kind of call may meet the empty bucket once before it is known to be empty.
        if (account.path("throttled").asInt() > 5) {
            wrong.add("it throttled " + account.path("throttled") + " calls");
        }
        return wrong;
    }

    /** Each place was told what it has, from what it had, without a step that was not asked for. */
    private void lost(List<Told> all, List<String> wrong) {
        Map<Place, Integer> shown = new HashMap<>();
        Map<Place, Integer> times = new HashMap<>();
        for (Told one : all) {
            int before = shown.getOrDefault(one.place(), BEGUN_WITH);
            if (one.before() != before) {
                wrong.add(one + " comes after " + before);
            }
            shown.put(one.place(), one.after());
            times.merge(one.place(), 1, Integer::sum);
        }
        units.forEach((place, wanted) -> {
            if (!wanted.equals(shown.get(place))) {
                wrong.add(place + " has " + wanted + ", and the shop was told " + shown.get(place));
            }
        });
        // What was on its way when the outage began may be told once more.
        long twice = times.values().stream().filter(count -> count > 1).count();
        if (twice > MOST_LINES || times.values().stream().anyMatch(count -> count > 2)) {
            wrong.add(twice + " places were told more than once");
        }
    }

    /** A place that changed a page before another was told before it, but for what was on its way when the outage began. */
    private void outOfOrder(List<Told> all, List<String> wrong) {
        Map<Place, Integer> calls = new HashMap<>();
        all.stream().filter(one -> one.call() > 0).forEach(one -> calls.put(one.place(), one.call()));
        List<Place> byChange = byChange().stream().filter(calls::containsKey).toList();
        int latest = 0;
        for (int i = PAGE; i < byChange.size(); i++) {
            latest = Math.max(latest, calls.getOrDefault(byChange.get(i - PAGE), 0));
            int call = calls.getOrDefault(byChange.get(i), 0);
            if (call < latest) {
                wrong.add(
                        byChange.get(i) + " was told by call " + call + ", one that changed long before by " + latest);
            }
        }
    }

    private List<Place> byChange() {
        List<Place> found = new ArrayList<>();
        try (Connection connection = stage.stack().database().connect(Stack.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BY_CHANGE)) {
            while (rows.next()) {
                found.add(new Place(rows.getString("facility"), rows.getString("sku")));
            }
            return found;
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private List<JsonNode> changesSinceBegun() {
        return Json.list(stage.sandbox().get("/ledger?system=shopify&since=" + begun)).stream()
                .filter(change -> change.path("operation").asText().startsWith("inventory"))
                .filter(change -> change.at("/detail/shop").asText().equals(shop))
                .toList();
    }

    private List<Told> told() {
        List<JsonNode> calls = changesSinceBegun();
        List<Told> all = new ArrayList<>();
        for (int call = 0; call < calls.size(); call++) {
            for (JsonNode change : calls.get(call).at("/detail/changes")) {
                if (change.path("name").asText().equals("on_hand") && number(change, "item") >= FIRST_ITEM) {
                    int after = change.path("quantityAfterChange").asInt();
                    all.add(new Told(
                            call, place(change), after - change.path("delta").asInt(), after));
                }
            }
        }
        return all;
    }

    private static Place place(JsonNode change) {
        String warehouse = WAREHOUSES.getOrDefault(number(change, "location"), "nowhere");
        return new Place(warehouse, sku(number(change, "item") - FIRST_ITEM + 1));
    }

    private static long number(JsonNode change, String name) {
        return Long.parseLong(StandInLedger.number(change, name));
    }

    private static String sku(long thing) {
        return String.format(Locale.ROOT, "MADE-UP-%06d", thing);
    }

    @Override
    public String toString() {
        JsonNode account = account();
        return changes() + " changes at " + places() + " places were told by " + calls() + " calls; "
                + account.path("spent") + " points paid, " + account.path("throttled") + " calls throttled, "
                + account.path("lowest") + " points left at worst";
    }
}
