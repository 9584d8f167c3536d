package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.ManagedProcess;
import io.throughline.local.Progress;
import io.throughline.local.StackPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Workers fall asleep, each in the midst of another effect, for so long that one more worker takes the effects over and ends them. Then they
 * wake beside their successor: none may carry its effect out once more or spoil what is known of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
final class SleepingAttemptTest {
    private static final String BEFORE_CALL = "BEFORE_CALL";
    private static final String AFTER_EFFECT = "AFTER_EFFECT_BEFORE_COMMIT";

    /** In the shop, at a facility, and in the ERP on either side of a booking: for each a worker that falls asleep there. */
    private static final List<String> POINTS = List.of(
            "SHOPIFY.capture-" + BEFORE_CALL,
            "SQUARE.release-" + AFTER_EFFECT,
            "TRYTON.payment-" + BEFORE_CALL,
            "TRYTON.invoice-" + AFTER_EFFECT);

    private static final List<Kind> KINDS = List.of(Kind.AUTHORISED, Kind.STORE, Kind.WAREHOUSE);

    /** Only some of the orders come to the worker that is to fall asleep over them. */
    private static final int MOST_ORDERS = 60;

    private final Path directory = House.newDirectory("sleepers");
    private final Path markers = directory.resolve("halts");
    private final List<Placed> placed = new ArrayList<>();
    private final List<ManagedProcess> sleepers = new ArrayList<>();
    private House house;
    private Endings endings;
    private ShopOrders shop;

    @BeforeAll
    void open() {
        house = House.open(
                directory,
                Map.of("THROUGHLINE_POLICY", "standard-4", "THROUGHLINE_LONGEST_ERP_CHANGE", "30s"),
                Progress.to(System.out));
        // The successor, whose turn comes when the others sleep.
        house.stack().stop(StackPart.WORKER);
        endings = new Endings(house.stage());
        shop = new ShopOrders(house.stage(), 7_610_000_000_000L);
        for (String point : POINTS) {
            sleepers.add(house.stack()
                    .anotherWorker(
                            2 + sleepers.size(),
                            Map.of(
                                    "THROUGHLINE_HALT_AT",
                                    point.replace('-', ':'),
                                    "THROUGHLINE_HALT_BY",
                                    "STOP",
                                    "THROUGHLINE_HALT_MARKERS",
                                    markers.toString())));
        }
        sleepers.parallelStream().forEach(ManagedProcess::start);
    }

    @AfterAll
    void close() {
        sleepers.forEach(ManagedProcess::stop);
        house.close();
    }

    @Test
    void attemptsThatWakeBesideTheirSuccessorLeaveTheEffectsAlone() {
        placeUntilAllSleep();
        Instant asleep = Instant.now();
        Map<String, Long> before = overtaken();

        // Whoever sleeps in a transaction holds its locks: a start waits for none of them.
        house.stack().start(StackPart.WORKER);
        Map<String, String> unfinished = endings.await(placed, Duration.ofMinutes(6), () -> {});
        assertThat(unfinished).as("while the others sleep").isEmpty();
        sleepers.forEach(ManagedProcess::resume);

        Resets.await(
                "each of them to tell what it knows",
                () -> overtaken().entrySet().stream()
                        .allMatch(now -> now.getValue() > before.getOrDefault(now.getKey(), 0L)));
        System.out.printf(
                "  woke beside their successor after %d s; %d orders%n",
                Duration.between(asleep, Instant.now()).toSeconds(), placed.size());
        assertThat(new EffectJudge(house.stage()).judge(placed)).isEmpty();
    }

    private void placeUntilAllSleep() {
        while (!awake().isEmpty()) {
            assertThat(placed)
                    .as("orders, with %s still to be reached", awake())
                    .hasSizeLessThan(MOST_ORDERS);
            KINDS.forEach(kind -> placed.add(shop.place(kind)));
            // What a sleeper holds gets no further.
            List<Placed> fresh = placed.subList(placed.size() - KINDS.size(), placed.size());
            int before = awake().size();
            Instant patience = Instant.now().plusSeconds(10);
            Resets.await(
                    "the orders to end or a worker to fall asleep",
                    () -> awake().size() < before
                            || Instant.now().isAfter(patience)
                            || fresh.stream().allMatch(endings::well));
        }
    }

    private Set<String> awake() {
        Set<String> awake = new TreeSet<>(POINTS);
        awake.removeIf(point -> Files.exists(markers.resolve(point)));
        return awake;
    }

    /** How many attempts were overtaken, by operation. */
    private Map<String, Long> overtaken() {
        return POINTS.stream()
                .map(point -> point.substring(point.indexOf('.') + 1, point.indexOf('-')))
                .collect(Collectors.toMap(
                        Function.identity(), operation -> Overtaken.attempts(house.stack(), operation)));
    }
}
