package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.Stack;
import io.throughline.local.StackException;
import io.throughline.local.StackPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processes are killed and paused under orders of every kind; once it is quiet every order must have ended well, with each effect
 * exactly once. Repeat with {@code -Dthroughline.seed}; a long campaign with {@code -Dthroughline.faults=30} of each kind.
 */
final class FaultCampaignTest {
    private static final Duration QUIET = Duration.ofMinutes(4);
    private static final List<StackPart> VICTIMS =
            List.of(StackPart.WORKER, StackPart.API_SERVER, StackPart.TEMPORAL, StackPart.POSTGRES);
    private static final List<String> POINTS = List.of("BEFORE_CALL", "AFTER_EFFECT", "AFTER_COMMIT");
    private static final List<String> OPERATIONS = List.of(
            "announce", "assign", "capture", "handover", "invoice", "payment", "ready", "release", "settle", "tell");

    /** Deadlines of seconds would call a person while a process is away. */
    private static final String PATIENT_POLICY = "standard-1";

    private final long seed = Long.getLong("throughline.seed", 42);
    private final Random random = new Random(seed);
    private final List<Placed> placed = new ArrayList<>();

    private record Fault(StackPart victim, boolean kill) {}

    @Test
    @Timeout(7200)
    void eachEffectHappensOnceWhateverIsKilledOrPaused() throws InterruptedException {
        System.out.println("seed " + seed);
        try (House house = House.open(House.newDirectory("faults"), Map.of("THROUGHLINE_POLICY", PATIENT_POLICY))) {
            ShopOrders shop = new ShopOrders(house.stage(), 7_500_000_000_000L);
            List<String> table = new ArrayList<>();
            for (Fault fault : faults()) {
                placeSome(shop);
                // How long it has been quiet, and below how long a process is paused, is what is being tried.
                Thread.sleep(Duration.ofMillis(random.nextInt(2500)));
                table.add(inflict(house.stack(), fault, shop));
            }
            placeSome(shop);
            Instant quiet = Instant.now();
            Map<String, String> unfinished = new Endings(house.stage()).await(placed, QUIET, () -> {});
            table.forEach(System.out::println);
            System.out.printf(
                    Locale.ROOT,
                    "%d faults, %d orders, quiet after %d s%n",
                    table.size(),
                    placed.size(),
                    Duration.between(quiet, Instant.now()).toSeconds());
            assertThat(unfinished)
                    .as("orders that have not ended well (seed %d)", seed)
                    .isEmpty();
            assertThat(new EffectJudge(house.stage()).judge(placed))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int round = 0; round < Integer.getInteger("throughline.faults", 1); round++) {
            VICTIMS.forEach(victim -> faults.addAll(List.of(new Fault(victim, true), new Fault(victim, false))));
        }
        Collections.shuffle(faults, random);
        return faults;
    }

    private void placeSome(ShopOrders shop) {
        List<Kind> kinds = Arrays.asList(Kind.values());
        placed.add(shop.place(kinds.get(placed.size() % kinds.size())));
        placed.add(shop.place(kinds.get(random.nextInt(kinds.size()))));
    }

    /** Orders come in also while a process is away. Gives a line of the table of faults. */
    private String inflict(Stack stack, Fault fault, ShopOrders shop) throws InterruptedException {
        Instant began = Instant.now();
        if (fault.kill()) {
            stack.kill(fault.victim());
            placed.add(shop.place(Kind.WAREHOUSE));
            stack.start(fault.victim());
        } else {
            stack.pause(fault.victim());
            placed.add(shop.place(Kind.WAREHOUSE));
            Thread.sleep(Duration.ofMillis(5000 + random.nextInt(15_000)));
            stack.resume(fault.victim());
        }
        return String.format(
                Locale.ROOT,
                "%-10s %-6s away %5.1f s, %d orders so far",
                fault.victim().label(),
                fault.kill() ? "kill" : "pause",
                Duration.between(began, Instant.now()).toMillis() / 1000.0,
                placed.size());
    }

    /**
     * The hardest moments by name: the worker halts once at each of the chosen points of each effect, by default where the other system
     * has done what was asked and we have not written it down. All: {@code
     * -Dthroughline.halts=BEFORE_CALL,AFTER_EFFECT,AFTER_COMMIT}.
     */
    @Test
    @Timeout(1200)
    void eachEffectHappensOnceWhereverTheWorkerHalts() throws IOException {
        Path directory = House.newDirectory("halts");
        List<String> points =
                List.of(System.getProperty("throughline.halts", "AFTER_EFFECT").split(","));
        Path markers = Files.createDirectories(directory.resolve("halts"));
        markAsDone(markers, points);
        Map<String, String> variables = Map.of(
                "THROUGHLINE_POLICY",
                PATIENT_POLICY,
                "THROUGHLINE_HALT_AT",
                "*",
                "THROUGHLINE_HALT_MARKERS",
                markers.toString());
        try (House house = House.open(directory, variables)) {
            ShopOrders shop = new ShopOrders(house.stage(), 7_600_000_000_000L);
            // Many orders at once: each halt strikes another one, so that the leases run out beside each other.
            for (int round = 0; round < 4; round++) {
                for (Kind kind : Kind.values()) {
                    placed.add(shop.place(kind));
                }
            }
            Map<String, String> unfinished =
                    new Endings(house.stage()).await(placed, Duration.ofMinutes(15), () -> revive(house.stack()));
            revive(house.stack());
            Set<String> halts = names(markers);
            System.out.println("halted at " + points + " of each effect; markers: " + halts);
            assertThat(unfinished).as("orders that have not ended well").isEmpty();
            assertThat(halts).containsAll(expectedHalts(house.stack(), points));
            assertThat(new EffectJudge(house.stage()).judge(placed)).isEmpty();
        }
    }

    /** It may halt again before it is ready. */
    private static void revive(Stack stack) {
        while (!stack.alive(StackPart.WORKER)) {
            try {
                stack.start(StackPart.WORKER);
            } catch (StackException haltedAgain) {
                System.out.println("  the worker halted while it started");
            }
        }
    }

    private static Set<String> names(Path markers) throws IOException {
        try (Stream<Path> files = Files.list(markers)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    /** The worker takes a point that is marked for one at which it halted before. */
    private static void markAsDone(Path markers, List<String> wanted) throws IOException {
        for (String point : POINTS) {
            for (String operation : wanted.contains(point) ? List.<String>of() : OPERATIONS) {
                Files.createFile(markers.resolve(operation + "-" + point));
            }
        }
    }

    /** Every effect that was carried out must have met each of the points. */
    private static Set<String> expectedHalts(Stack stack, List<String> points) {
        Set<String> expected = new TreeSet<>();
        try (Connection connection = stack.database().connect(Stack.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet operations =
                        statement.executeQuery("select distinct operation from effect where token is not null")) {
            while (operations.next()) {
                for (String point : points) {
                    expected.add(operations.getString(1) + "-" + point);
                }
            }
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return expected;
    }
}
