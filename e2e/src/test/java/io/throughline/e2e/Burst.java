package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.Seeds;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockSource;
import io.throughline.local.demo.Json;
import io.throughline.local.watch.StandInLedger;
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
import org.awaitility.Awaitility;

/**
 * Many places of two warehouses, of things that only one shop sells, and very many changes there while that shop is away. What it was told
 * afterwards is judged by its own ledger.
 */
final class Burst {
    private static final int THINGS = 500;
    private static final int CHANGES = 3_000;
    private static final int BEGUN_WITH = 20;
    private static final int AT_ONCE = 100;
    private static final int PAGE = 250;
    private static final int MOST_LINES = 125;

    private static final String BY_CHANGE = """
            select facility || '/' || sku from stock_balance where sku like 'MADE-UP-%' and facility like 'WH-%'
            order by changed_in, sku, facility
            """;

    /** By the numbers of their locations in the shop. */
    private static final Map<Long, String> WAREHOUSES = Map.of(70_000_000_001L, "WH-EAST", 70_000_000_002L, "WH-WEST");

    private static final long FIRST_ITEM = 47_100_000_010_001L;

    private final House house;
    private final InventoryLedger ledger;
    private final ShopShelves shelves;
    private final String shop;
    private final long seed = Seeds.next();
    private final List<Place> places = new ArrayList<>();
    private final Map<Place, Integer> units = new HashMap<>();
    private final List<Movement> made = new ArrayList<>();
    private int number;
    private long begun;

    Burst(House house, InventoryLedger ledger, ShopShelves shelves, String shop) {
        this.house = house;
        this.ledger = ledger;
        this.shelves = shelves;
        this.shop = shop;
        for (int thing = 1; thing <= THINGS; thing++) {
            for (String warehouse : new TreeSet<>(WAREHOUSES.values())) {
                places.add(new Place(warehouse, sku(thing)));
            }
        }
    }

    private record Place(String facility, String sku) {}

    /** What the shop was told of a place, by the how many-th call. */
    private record Told(int call, Place place, int before, int after) {}

    /** The shop sells the things, and shows how many there are of them. */
    void stock() {
        shelves.throttle(100_000, 100_000, 100_000);
        house.stage()
                .sandbox()
                .post("/shopify/" + shop + "/variants", Json.object().put("count", THINGS));
        places.forEach(place -> move(place, BEGUN_WITH));
        book();
        awaitTold();
        begun = shelves.lastChange();
    }

    /** Each place changes at least once, most several times, and none ends as it began. */
    void change() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CHANGES; i++) {
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
                Optional.of("test"),
                Instant.now()));
    }

    private void book() {
        for (int from = 0; from < made.size(); from += AT_ONCE) {
            ledger.record(made.subList(from, Math.min(made.size(), from + AT_ONCE)));
        }
        made.clear();
    }

    /** Waits until the shop shows what there is. */
    void awaitTold() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(this::isTold);
    }

    private boolean isTold() {
        Map<Place, Integer> shown = new HashMap<>();
        for (JsonNode level : Json.list(house.stage().sandbox().get("/shopify/" + shop + "/inventory"))) {
            shown.put(
                    new Place(level.path("facility").asText(), level.path("sku").asText()),
                    level.path("on_hand").asInt());
        }
        return shown.entrySet().containsAll(units.entrySet());
    }

    /** A line for each thing that is not as it should be, so long after the shop was there again. */
    List<String> wrong(Duration since) {
        List<String> wrong = new ArrayList<>();
        List<Told> all = told();
        lost(all, wrong);
        outOfOrder(all, wrong);
        JsonNode account = shelves.account();
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
        List<Place> byChange = Facts.texts(house.stack(), BY_CHANGE).stream()
                .map(text -> text.split("/", 2))
                .map(names -> new Place(names[0], names[1]))
                .filter(calls::containsKey)
                .toList();
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

    private List<Told> told() {
        List<JsonNode> calls = shelves.changesSince(begun);
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
        JsonNode account = shelves.account();
        return number - places.size() + " changes at " + places.size() + " places were told by "
                + shelves.changesSince(begun).size() + " calls; " + account.path("spent") + " points paid, "
                + account.path("throttled") + " calls throttled, " + account.path("lowest") + " points left at worst";
    }
}
