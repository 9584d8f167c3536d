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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            "SHOPIFY.refund",
            "SHOPIFY.release",
            "SQUARE.complete",
            "SQUARE.publish",
            "SQUARE.recall",
            "SQUARE.release",
            "TRYTON.announce",
            "TRYTON.credit",
            "TRYTON.invoice",
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

    private static final int ROUNDS = 3;
    private static final int MORE_ROUNDS = 3;

    private final List<Placed> placed = new ArrayList<>();
    private final Set<String> told = new TreeSet<>();

    @Test
    @Timeout(2100)
    void eachEffectHappensOnceWhereverTheWorkerHalts() throws IOException {
        Path directory = House.newDirectory("halts");
        List<Point> points = points();
        Path markers = Files.createDirectories(directory.resolve("halts"));
        markAsDone(markers, points);
        told.addAll(names(markers));
        Map<String, String> variables =
                new HashMap<>(CopiedConfiguration.below(directory, CopiedConfiguration::storesBuyLabels));
        variables.put("THROUGHLINE_POLICY", "standard-4");
        variables.put("THROUGHLINE_HALT_AT", "*");
        variables.put("THROUGHLINE_HALT_MARKERS", markers.toString());
        // That the worker ends by itself is no problem here.
        try (House house = House.open(directory, variables, Progress.silent());
                Customers customers = new Customers(house.stage());
                Reviver reviver = new Reviver(house.stack(), StackPart.WORKER, () -> bury(house.stack(), markers))) {
            ShopOrders shop = new ShopOrders(house.stage(), 7_600_000_000_000L, customers);
            List<OwnWays> own = new ArrayList<>(List.of(new OwnWays(house.stage(), shop)));
            // Many orders at once: each halt strikes another one.
            placeEachKind(shop, ROUNDS);
            Endings endings = new Endings(house.stage());
            Runnable meanwhile = () -> {
                own.forEach(OwnWays::goOn);
                reviver.check();
            };
            Map<String, String> unfinished = awaitAll(endings, own, meanwhile);
            // Chance may have had others go by the points of what few orders need, such as a capture or a gift card.
            for (int more = 0; more < MORE_ROUNDS && !names(markers).containsAll(expectedHalts(points)); more++) {
                own.add(new OwnWays(house.stage(), shop));
                placeEachKind(shop, 1);
                unfinished = awaitAll(endings, own, meanwhile);
            }
            reviver.check();
            System.out.printf("  %d orders, %d not ended well%n", placed.size(), unfinished.size());
            assertThat(unfinished).as("orders that have not ended well").isEmpty();
            List<OwnWay> ways =
                    own.stream().flatMap(some -> some.expected().stream()).toList();
            assertThat(new EffectJudge(house.stage())
                            .judge(placed, (long) own.size() * OwnWays.BOOKED_BESIDE_ORDERS, ways))
                    .isEmpty();
            assertThat(attempted(house.stack())).containsExactlyInAnyOrderElementsOf(OPERATIONS);
            assertThat(names(markers)).containsAll(expectedHalts(points));
        }
    }

    /** Gives the orders that have not ended well by then. */
    private Map<String, String> awaitAll(Endings endings, List<OwnWays> own, Runnable meanwhile) {
        Map<String, String> unfinished = endings.await(placed, LIMIT, meanwhile);
        Supplier<List<String>> open =
                () -> own.stream().flatMap(some -> some.open().stream()).toList();
        Resets.await(
                "those with ways of their own",
                () -> {
                    meanwhile.run();
                    return open.get().isEmpty();
                },
                open::get);
        return unfinished;
    }

    private void placeEachKind(ShopOrders shop, int times) {
        for (int round = 0; round < times; round++) {
            for (Kind kind : Kind.values()) {
                placed.add(shop.place(kind));
            }
        }
    }

    private void bury(Stack stack, Path markers) {
        try {
            Set<String> fresh = names(markers);
            fresh.removeAll(told);
            told.addAll(fresh);
            System.out.println("  halted and started again: " + String.join(", ", fresh));
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
