package io.throughline.local.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How long changes at the point of sale take until they are shown: by our availability, which is asked over HTTP all the while, and in the
 * shops, whose own ledger tells when. While it watches, stock only rises or only falls, so that what is shown tells which changes it holds.
 */
public final class ChangeWatch implements AutoCloseable {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);
    /** By Square's names of their locations. */
    public static final Map<String, String> STORES =
            Map.of("LDOWNTOWN", "ST-DOWNTOWN", "LHARBOR", "ST-HARBOR", "LDUBLIN", "ST-DUBLIN");

    private final Stage stage;
    private final List<String> shops;
    private final Set<String> skus;
    private final ObjectNode question = Json.object();
    private final long tillsBefore;
    private final long shopsBefore;
    private final Map<Place, List<Shown>> asked = new ConcurrentHashMap<>();
    private final Map<String, Map<Place, Integer>> inShops = new HashMap<>();
    private final Map<String, String> items = new HashMap<>();
    private final Map<String, String> locations = new HashMap<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread asking;

    /** Begins when all show the same. */
    public ChangeWatch(Stage stage, List<String> shops, Collection<String> skus) {
        this.stage = stage;
        this.shops = List.copyOf(shops);
        this.skus = Set.copyOf(skus);
        skus.forEach(question.putArray("skus")::add);
        tillsBefore = StandInLedger.last(stage, "square");
        shopsBefore = StandInLedger.last(stage, "shopify");
        shops.forEach(shop -> inShops.put(shop, shownBy(shop)));
        ask();
        asking = Thread.ofVirtual().name("asks for availability").start(this::goOnAsking);
    }

    private record Place(String facility, String sku) {}

    private record Shown(Instant at, int units) {}

    /** {@code before} and {@code after} are what its system shows there. */
    private record Change(Instant at, Place place, int before, int after) {
        boolean isIn(int shown, int since) {
            return after > before ? shown >= since : shown <= since;
        }
    }

    private Map<Place, Integer> shownBy(String shop) {
        Map<Place, Integer> shown = new HashMap<>();
        for (JsonNode level : Json.list(stage.sandbox().get("/shopify/" + shop + "/inventory"))) {
            Place place =
                    new Place(level.path("facility").asText(), level.path("sku").asText());
            items.put(level.path("itemId").asText(), place.sku());
            locations.put(level.path("locationId").asText(), place.facility());
            shown.put(place, level.path("on_hand").asInt());
        }
        return shown;
    }

    private void goOnAsking() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                askOnce();
                Thread.sleep(BETWEEN_QUESTIONS);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException refused) {
            failure.compareAndSet(null, refused);
        }
    }

    /** A refusal shows nothing, and so what is to be seen is seen later. */
    private void askOnce() {
        try {
            ask();
        } catch (Json.UnexpectedAnswer refused) {
            System.out.println("  " + refused.getMessage());
        }
    }

    /** What an answer shows was to be seen when it was there, and not before. */
    private void ask() {
        JsonNode items = stage.api().post("/v1/availability", question).path("items");
        Instant at = Instant.now();
        for (JsonNode item : items) {
            for (JsonNode facility : item.path("facilities")) {
                Place place = new Place(
                        facility.path("facility").asText(), item.path("sku").asText());
                JsonNode quantities = facility.path("quantities");
                asked.computeIfAbsent(place, unknown -> new CopyOnWriteArrayList<>())
                        .add(new Shown(
                                at,
                                quantities.path("onHand").asInt()
                                        - quantities.path("shortfall").asInt()));
            }
        }
    }

    /** The changes at the point of sale since it began, as its own ledger has them; how many sets there are it hears from us. */
    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (JsonNode row : Json.list(stage.sandbox().get("/ledger?system=square&since=" + tillsBefore))) {
            String[] shelf = row.path("subject").asText().split("/SQ-", 2);
            if (row.path("operation").asText().startsWith("inventory ") && skus.contains(shelf[1])) {
                changes.add(new Change(
                        at(row),
                        new Place(Objects.requireNonNull(STORES.get(shelf[0])), shelf[1]),
                        row.at("/detail/before").asInt(),
                        row.at("/detail/after").asInt()));
            }
        }
        return changes;
    }

    private static Instant at(JsonNode row) {
        return Instant.parse(row.path("at").asText());
    }

    /** Whether there were so many changes, and each is shown everywhere. */
    public boolean hasSeen(int count) {
        Optional.ofNullable(failure.get()).ifPresent(refused -> {
            throw new IllegalStateException("availability could not be asked for", refused);
        });
        List<Change> changes = changes();
        return changes.size() == count
                && lags(changes, asked).size() == count
                && shops.stream().allMatch(shop -> lags(changes, told(shop)).size() == count);
    }

    /** Of each change, how long it took until our availability showed it. */
    public Lags untilAvailable() {
        return Lags.of(lags(changes(), asked));
    }

    /** Of each change in each shop, how long it took until that shop was told of it. */
    public Lags untilInShops() {
        List<Change> changes = changes();
        return Lags.of(shops.stream()
                .flatMap(shop -> lags(changes, told(shop)).stream())
                .toList());
    }

    /** What a shop had at first, and has had since each time that it was told, by its own ledger. */
    private Map<Place, List<Shown>> told(String shop) {
        Map<Place, List<Shown>> told = new HashMap<>();
        Map<Place, Integer> before = Objects.requireNonNull(inShops.get(shop));
        before.keySet().forEach(place -> had(before, place, told));
        for (JsonNode row : Json.list(stage.sandbox().get("/ledger?system=shopify&since=" + shopsBefore))) {
            if (row.at("/detail/shop").asText().equals(shop)) {
                for (JsonNode change : row.at("/detail/changes")) {
                    if (change.path("name").asText().equals("on_hand")) {
                        Place place = new Place(
                                locations.getOrDefault(StandInLedger.number(change, "location"), ""),
                                items.getOrDefault(StandInLedger.number(change, "item"), ""));
                        had(before, place, told)
                                .add(new Shown(
                                        at(row),
                                        change.path("quantityAfterChange").asInt()));
                    }
                }
            }
        }
        return told;
    }

    private static List<Shown> had(Map<Place, Integer> before, Place place, Map<Place, List<Shown>> told) {
        return told.computeIfAbsent(
                place, unknown -> new ArrayList<>(List.of(new Shown(Instant.EPOCH, before.getOrDefault(place, 0)))));
    }

    /** Of the changes that are shown: a place shows what it showed at first, and what has changed since. */
    private static List<Duration> lags(List<Change> changes, Map<Place, List<Shown>> shown) {
        Map<Place, Integer> first = new HashMap<>();
        List<Duration> lags = new ArrayList<>();
        for (Change change : changes) {
            int before = first.computeIfAbsent(change.place(), place -> change.before());
            List<Shown> there = shown.getOrDefault(change.place(), List.of());
            if (!there.isEmpty()) {
                int wanted = there.getFirst().units() + change.after() - before;
                there.stream()
                        .filter(one -> !one.at().isBefore(change.at()) && change.isIn(one.units(), wanted))
                        .findFirst()
                        .ifPresent(one -> lags.add(Duration.between(change.at(), one.at())));
            }
        }
        return lags;
    }

    @Override
    public void close() {
        asking.interrupt();
    }
}
