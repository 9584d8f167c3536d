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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A worker falls asleep in the midst of an effect, for so long that another worker takes the effect over and ends it. Then it wakes beside
 * its successor: it must neither carry the effect out once more nor spoil what is known of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
final class SleepingAttemptTest {
    private static final String BEFORE_CALL = "BEFORE_CALL";
    private static final String AFTER_EFFECT = "AFTER_EFFECT_BEFORE_COMMIT";

    /** In the shop, at a facility, and in the ERP on either side of a booking. */
    private static final List<String> POINTS = List.of(
            "capture-" + BEFORE_CALL, "release-" + AFTER_EFFECT, "payment-" + BEFORE_CALL, "invoice-" + AFTER_EFFECT);

    private static final List<Kind> KINDS = List.of(Kind.AUTHORISED, Kind.STORE, Kind.WAREHOUSE);

    /** Only some of the orders come to the one of the workers that is to fall asleep. */
    private static final int MOST_ORDERS = 30;

    private final Path directory = House.newDirectory("sleepers");
    private final Path markers = directory.resolve("halts");
    private final List<Placed> placed = new ArrayList<>();
    private House house;
    private ManagedProcess successor;
    private Endings endings;
    private ShopOrders shop;

    @BeforeAll
    void open() {
        house = House.open(
                directory,
                Map.of(
                        "THROUGHLINE_POLICY",
                        "standard-1",
                        "THROUGHLINE_LONGEST_ERP_CHANGE",
                        "30s",
                        "THROUGHLINE_HALT_AT",
                        String.join(",", POINTS).replace('-', ':'),
                        "THROUGHLINE_HALT_BY",
                        "STOP",
                        "THROUGHLINE_HALT_MARKERS",
                        markers.toString()),
                Progress.to(System.out));
        endings = new Endings(house.stage());
        shop = new ShopOrders(house.stage(), 7_610_000_000_000L);
        successor = house.stack().secondWorker(Map.of("THROUGHLINE_HALT_AT", ""));
    }

    @AfterAll
    void close() {
        successor.stop();
        house.close();
    }

    @Test
    void anAttemptThatWakesBesideItsSuccessorLeavesTheEffectAlone() {
        Set<String> waking = new TreeSet<>(POINTS);
        while (!waking.isEmpty()) {
            String point = placeUntilAsleep(waking);
            sleepAndWake(point);
            waking.remove(point);
        }
        assertThat(new EffectJudge(house.stage()).judge(placed)).isEmpty();
    }

    /** Gives the point at which the first worker fell asleep. */
    private String placeUntilAsleep(Set<String> points) {
        while (true) {
            assertThat(placed).as("orders, with %s still to be reached", points).hasSizeLessThan(MOST_ORDERS);
            placed.add(shop.place(KINDS.get(placed.size() % KINDS.size())));
            // One at a time: of an order that the sleeper holds within a step of the ERP nothing is seen for a minute.
            Resets.await(
                    "the order to end or the worker to fall asleep",
                    () -> asleep(points).isPresent() || endings.well(placed.getLast()));
            Optional<String> point = asleep(points);
            if (point.isPresent()) {
                return point.get();
            }
        }
    }

    private Optional<String> asleep(Set<String> points) {
        return points.stream()
                .filter(point -> Files.exists(markers.resolve(point)))
                .findFirst();
    }

    private void sleepAndWake(String point) {
        String operation = point.substring(0, point.indexOf('-'));
        Instant asleep = Instant.now();
        long before = Overtaken.attempts(house.stack(), operation);
        if (!successor.alive()) {
            successor.start();
        }
        Map<String, String> unfinished = endings.await(placed, Duration.ofMinutes(6), () -> {});
        assertThat(unfinished).as("while the first worker sleeps").isEmpty();

        house.stack().resume(StackPart.WORKER);

        Resets.await(
                "the first worker to tell what it knows", () -> Overtaken.attempts(house.stack(), operation) > before);
        System.out.printf(
                "  woke beside its successor at %s after %d s; %d orders%n",
                point, Duration.between(asleep, Instant.now()).toSeconds(), placed.size());
    }
}
