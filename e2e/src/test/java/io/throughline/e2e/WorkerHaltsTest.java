package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints.Point;
import io.throughline.e2e.EffectJudge.OwnWay;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.Progress;
import io.throughline.local.Stack;
import io.throughline.local.StackPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The hardest moments by name: the worker halts once at each point of each effect of each kind of system, where chance has it at several at
 * once, and each effect must happen once all the same. {@code -Dthroughline.halts=AFTER_EFFECT_BEFORE_COMMIT} halts it at the points that are named only.
 */
final class WorkerHaltsTest {
    private static final List<String> OPERATIONS = List.of(
            "CARRIER.label",
            "CARRIER.void",
            "MESSAGING.tell",
            "SHOPIFY.assign",
            "SHOPIFY.cancel",
            "SHOPIFY.capture",
            "SHOPIFY.gift-card",
            "SHOPIFY.handover",
            "SHOPIFY.publish",
            "SHOPIFY.ready",
            "SHOPIFY.recall",
            "SHOPIFY.refund",
            "SHOPIFY.release",
            "SQUARE.complete",
            "SQUARE.hold",
            "SQUARE.publish",
            "SQUARE.recall",
            "SQUARE.release",
            "TRYTON.announce",
            "TRYTON.credit",
            "TRYTON.invoice",
            "TRYTON.move-demand",
            "TRYTON.payment",
            "TRYTON.refund",
            "TRYTON.settle",
            "TRYTON.settle-reversal",
            "TRYTON.withdraw");

    /**
     * A server waits the longer for a workflow task the more often a worker has died in it, for ten minutes in the end: an order that
     * was under way at many halts, its own and others', is not lost but late.
     */
    private static final Duration LIMIT = Duration.ofMinutes(25);

    /** No warehouse has anything to do with these. */
    private static final List<Kind> OF_STORES = List.of(Kind.STORE, Kind.PICKUP, Kind.CALLED_OFF, Kind.REFUNDED);

    private static final List<Kind> OF_WAREHOUSES = List.of(Kind.WAREHOUSE, Kind.AUTHORISED, Kind.SPLIT, Kind.REST);

    /** What is split takes most of a shelf, and needs no effect that others don't. */
    private static final List<Kind> FREQUENT = Stream.of(Kind.values())
            .filter(kind -> kind != Kind.SPLIT && kind != Kind.REST)
            .toList();

    private static final int ROUNDS = 3;
    private static final int MORE_ROUNDS = 3;

    private final List<Placed> placed = new ArrayList<>();
    private final Set<String> told = new TreeSet<>();
    private final AtomicInteger lives = new AtomicInteger(1);

    @Test
    @Timeout(2100)
    void eachEffectHappensOnceWhereverTheWorkerHalts() throws Exception {
        Path directory = House.newDirectory("halts");
        List<Point> points = points();
        Path markers = Files.createDirectories(directory.resolve("halts"));
        markAsDone(markers, points);
        told.addAll(names(markers));
        Map<String, String> variables =
                new HashMap<>(CopiedConfiguration.below(directory, CopiedConfiguration::storesBuyLabels));
        variables.put("THROUGHLINE_POLICY", "standard-10");
        variables.put("THROUGHLINE_HALT_AT", "*");
        variables.put("THROUGHLINE_HALT_MARKERS", markers.toString());
        List<RareWays> rounds = new ArrayList<>();
        // That the worker ends by itself is no problem here.
        try (House house = House.open(directory, variables, Progress.silent());
                Customers customers = new Customers(house.stage());
                Reviver reviver = new Reviver(house.stack(), StackPart.WORKER, () -> bury(house.stack(), markers));
                AutoCloseable _ = () -> rounds.forEach(RareWays::close)) {
            ShopOrders shop = new ShopOrders(house.stage(), 7_600_000_000_000L, customers);
            Endings endings = new Endings(house.stage());
            Runnable meanwhile = () -> {
                rounds.forEach(RareWays::goOn);
                reviver.check();
            };
            // Many orders at once: each halt strikes several.
            place(shop, OF_STORES, ROUNDS);
            begin(rounds, house, shop, meanwhile).begin(2);
            place(shop, OF_WAREHOUSES, ROUNDS);
            Map<String, String> unfinished = awaitAll(endings, rounds, meanwhile);
            // Chance may have had all of the rare ones go by a point.
            for (int more = 0; more < MORE_ROUNDS && !names(markers).containsAll(expectedHalts(points)); more++) {
                begin(rounds, house, shop, meanwhile).begin(1);
                place(shop, FREQUENT, 1);
                unfinished = awaitAll(endings, rounds, meanwhile);
            }
            reviver.check();
            System.out.printf(
                    "  %d orders, %d not ended well, %d lives%n", placed.size(), unfinished.size(), lives.get());
            assertThat(unfinished).as("orders that have not ended well").isEmpty();
            List<OwnWay> ways = rounds.stream().flatMap(RareWays::expected).toList();
            long beside = (long) rounds.size() * MugWithoutReceipt.BOOKED_BESIDE_ORDERS;
            assertThat(new EffectJudge(house.stage()).judge(placed, beside, ways))
                    .isEmpty();
            assertThat(attempted(house.stack())).containsExactlyInAnyOrderElementsOf(OPERATIONS);
            assertThat(names(markers)).containsAll(expectedHalts(points));
        }
    }

    /** Until the warehouses send again. */
    private static RareWays begin(List<RareWays> rounds, House house, ShopOrders shop, Runnable meanwhile) {
        RareWays round = new RareWays(house.stage(), shop, rounds.size() + 1);
        rounds.add(round);
        await("the warehouses to send what they are asked for", round::atWarehouses, meanwhile);
        return round;
    }

    /** Gives the orders that have not ended well by then. */
    private Map<String, String> awaitAll(Endings endings, List<RareWays> rounds, Runnable meanwhile) {
        Map<String, String> unfinished = endings.await(placed, LIMIT, meanwhile);
        await(
                "those with ways of their own",
                () -> rounds.stream().flatMap(round -> round.open().stream()).toList(),
                meanwhile);
        return unfinished;
    }

    private static void await(String what, Supplier<List<String>> open, Runnable meanwhile) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            meanwhile.run();
                            return open.get();
                        },
                        List::isEmpty);
    }

    private void place(ShopOrders shop, List<Kind> kinds, int times) {
        for (int round = 0; round < times; round++) {
            kinds.forEach(kind -> placed.add(shop.place(kind)));
        }
    }

    private void bury(Stack stack, Path markers) {
        try {
            Set<String> fresh = names(markers);
            fresh.removeAll(told);
            told.addAll(fresh);
            System.out.println("  life " + lives.getAndIncrement() + " ends at " + String.join(", ", fresh));
            Leases.ofTheDeadEnd(stack);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Point> points() {
        String named = System.getProperty("throughline.halts", "");
        return named.isEmpty()
                ? List.of(Point.values())
                : Arrays.stream(named.split(",")).map(Point::valueOf).toList();
    }

    private static Set<String> names(Path markers) throws IOException {
        try (Stream<Path> files = Files.list(markers)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    /** The worker takes a point that is marked for one at which it halted before. */
    private static void markAsDone(Path markers, List<Point> wanted) throws IOException {
        for (Point point : Point.values()) {
            for (String operation : wanted.contains(point) ? List.<String>of() : OPERATIONS) {
                Files.createFile(markers.resolve(operation + "-" + point));
            }
        }
    }

    private static Set<String> expectedHalts(List<Point> points) {
        return OPERATIONS.stream()
                .flatMap(operation -> points.stream().map(point -> operation + "-" + point))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every kind of effect that was attempted, by our own ledger. */
    private static Set<String> attempted(Stack stack) {
        return new TreeSet<>(
                Facts.texts(stack, "select distinct system || '.' || operation from effect where token is not null"));
    }
}
