package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.throughline.e2e.Journey.Stop;
import io.throughline.e2e.OrderResets.Afterwards;
import io.throughline.e2e.OrderResets.Interruption;
import io.throughline.e2e.OrderResets.Moment;
import io.throughline.e2e.OrderResets.Played;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.intervention.WaitingCases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A process of an order, or of what belongs to one (a return, a reroute, a decision, a return over a counter, a look at the cases), may be reset to any of its tasks, with the signals after it
 * or without, and ends as it would have. By itself this takes a fixed choice of points, and leaves out the order that stalls, for it takes minutes;
 * {@code -Dthroughline.resets=all} takes all of it, {@code -Dthroughline.journey} only journeys in whose names that pattern is found.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(3600)
final class ResetTest {
    private static final boolean ALL =
            System.getProperty("throughline.resets", "").equals("all");
    private static final int JOURNEYS_AT_ONCE = 3;
    private static final List<String> ALONE =
            List.of(Journeys.SIMPLEST, Journeys.PICKED_UP, PeerJourneys.RETURNED, PeerJourneys.OFFERED);

    /** What is reset here. */
    static final List<String> TYPES = List.of(
            "OrderToCash",
            "Return",
            "FulfillmentReroute",
            "CaseDecision",
            "Reconciliation",
            "CounterReturn",
            "CaseQueue");

    private static final String STILL_RUNNING =
            "ExecutionStatus = 'Running' and WorkflowType in ('" + String.join("', '", TYPES) + "')";

    private House house;
    private Histories histories;
    private Resets resets;
    private OrderResets orders;
    private ShopOrders shop;
    private List<Journey> all;
    private List<Journey> peers;
    private List<Journey> journeys;
    private List<Played> played = List.of();
    private Instant began;
    private int before;

    @BeforeAll
    void open() {
        Path directory = House.newDirectory("resets");
        Map<String, String> variables = new HashMap<>(PlentifulStock.below(directory));
        variables.put("THROUGHLINE_POLICY", "standard-4");
        // Only when the test wants one: what a lost wake-up stops is to be seen, not mended meanwhile.
        variables.put("THROUGHLINE_RECONCILE_EVERY", "1h");
        house = House.open(directory, variables);
        histories = new Histories(house.stack().temporal());
        resets = new Resets(histories);
        orders = new OrderResets(house, histories, resets);
        shop = ShopOrders.ofPlenty(house.stage(), 7_700_000_000_000L);
        Journeys known = new Journeys(house.stage(), shop);
        all = known.all();
        peers = new PeerJourneys(house.stage(), histories, shop, known).all();
        String named = System.getProperty("throughline.journey", "");
        Stream<Journey> slow = ALL || !named.isEmpty() ? Stream.of(known.stalled()) : Stream.empty();
        journeys = Stream.of(slow, all.stream(), peers.stream())
                .flatMap(Function.identity())
                .filter(journey -> journey.name().equals(Journeys.SIMPLEST)
                        || Pattern.compile(named).matcher(journey.name()).find())
                .toList();
    }

    @AfterAll
    void close() {
        histories.close();
        house.close();
    }

    @BeforeEach
    void begin() {
        began = Instant.now();
        before = resets.made();
    }

    @AfterEach
    void tell(TestInfo test) {
        System.out.println("  " + (resets.made() - before) + " resets in "
                + Duration.between(began, Instant.now()).toSeconds() + " s: " + test.getDisplayName());
    }

    @Test
    @Order(1)
    void anOrderThatWaitsGoesOnFromEachOfItsTasks() {
        played = Beside.of(journeys, JOURNEYS_AT_ONCE, journey -> orders.play(journey, someInterruptions(journey)));
        if (ALL) {
            List<Played> again = Beside.of(
                    played, JOURNEYS_AT_ONCE, one -> orders.play(one.journey(), allInterruptions(one.tasks())));
            assertThat(again).hasSameSizeAs(journeys);
        }
        assertNothingIsLeft();
    }

    /**
     * At each stop the first and the last task, and the last one when the order has just gone on. A process beside the order has ended by the
     * second stop.
     */
    private List<Interruption> someInterruptions(Journey journey) {
        int stops = journey.stops().size();
        return IntStream.range(0, peers.contains(journey) ? Math.min(stops, 2) : stops)
                .boxed()
                .flatMap(stop -> Stream.of(
                        new Interruption(stop, Moment.AT, 0, Afterwards.of(stop % 2 == 0)),
                        new Interruption(stop, Moment.AT, Interruption.LAST, Afterwards.of(stop % 2 == 1)),
                        new Interruption(stop, Moment.BEHIND, Interruption.LAST, Afterwards.of(stop % 2 == 0))))
                .toList();
    }

    /** Orders of one kind differ by a few tasks, for messages arrive together or apart. */
    private static List<Interruption> allInterruptions(List<Integer> tasks) {
        List<Interruption> all = new ArrayList<>();
        for (int stop = 0; stop < tasks.size(); stop++) {
            for (int task = 0; task <= tasks.get(stop); task++) {
                for (Moment moment : Moment.values()) {
                    for (Afterwards afterwards : List.of(Afterwards.REPEATED, Afterwards.WOKEN)) {
                        all.add(new Interruption(stop, moment, task, afterwards));
                    }
                }
            }
        }
        return all;
    }

    @Test
    @Order(2)
    void anEndedOrderEndsTheSameFromEachOfItsTasks() {
        assertThat(played).as("the orders of the test before").isNotEmpty();
        Beside.each(played, one -> orders.resetEverywhere(one, ALL));
        assertNothingIsLeft();
    }

    @Test
    @Order(3)
    void aReconciliationOfAShopEndsTheSameFromEachOfItsTasks() {
        assertThat(played).as("the orders of the test before").isNotEmpty();
        Played shipped = played.stream()
                .filter(one -> one.journey().name().equals(Journeys.SIMPLEST))
                .findFirst()
                .orElseThrow();
        ComparedShop channel = new ComparedShop(
                house,
                shop,
                order -> new Traveller(
                        house, histories, resets, shipped.journey(), order, ", found by a reconciliation"));
        List<Placed> found = new ReconciliationResets<>(house, histories, resets, channel).reset();

        Footprints footprints = new Footprints(house);
        assertThat(found)
                .allSatisfy(order ->
                        assertThat(footprints.of(order)).as(order.toString()).isEqualTo(footprints.of(shipped.twin())));
        assertNothingIsLeft();
    }

    @Test
    @Order(4)
    void aReconciliationOfTillsEndsTheSameFromEachOfItsTasks() {
        ComparedTills tills = new ComparedTills(house);
        String twin = tills.heard();
        tills.awaitDone(twin);

        List<String> found = new ReconciliationResets<>(house, histories, resets, tills).reset();

        assertThat(found)
                .allSatisfy(sale -> assertThat(tills.traces(sale)).as(sale).isEqualTo(tills.traces(twin)));
        assertNothingIsLeft();
    }

    @Test
    @Order(5)
    void whoRefusedAnOrderIsShownUntilItIsDecided() {
        Traveller refused = refusedByErp();
        Stop waiting = refused.journey().stops().getFirst();
        refused.awaitStop(waiting);
        Resets.await("the order to show who refused it", () -> shows(refused, Story.REJECTED_BY, "tryton-northwind"));
        assertThat(shows(refused, Story.FINANCIAL_POSTING, Story.POSTING_BLOCKED))
                .isTrue();

        waiting.onwards().accept(refused.order());

        Resets.await("nobody to refuse it any more", () -> hides(refused, Story.REJECTED_BY));
        refused.travelBehind(1);
        assertThat(hides(refused, Story.REJECTED_BY)).isTrue();
        assertThat(shows(refused, Story.FINANCIAL_POSTING, "CONFIRMED")).isTrue();
    }

    @Test
    @Order(6)
    void aReturnOverACounterEndsTheSameFromEachOfItsTasks() throws InterruptedException {
        new CounterReturnResets(house, histories, resets).reset();
        assertNothingIsLeft();
    }

    @Test
    @Order(7)
    void whoLooksAtTheCasesAgainSeesTheSameAndChangesNothing() {
        Traveller refused = refusedByErp();
        Stop waiting = refused.journey().stops().getFirst();
        refused.awaitStop(waiting);
        refused.awaitRest();
        List<String> footprints = new Footprints(house).of(refused.order());
        WorkflowStub look = histories
                .client()
                .newUntypedWorkflowStub(
                        "CaseQueue",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("cases/reset")
                                .setTaskQueue("orders")
                                .build());
        WorkflowExecution looked = look.start();
        WaitingCases seen = look.getResult(WaitingCases.class);
        assertThat(seen.waiting()).isPositive();

        for (long boundary : resets.boundaries(looked)) {
            for (boolean withSignals : List.of(true, false)) {
                WorkflowExecution again = resets.reset(looked, boundary, withSignals);
                resets.awaitCompletion("the queue of cases, reset to " + boundary, again);
                assertThat(histories
                                .client()
                                .newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                                        .setWorkflowExecution(again)
                                        .build())
                                .getResult(WaitingCases.class))
                        .isEqualTo(seen);
            }
        }

        assertThat(new Footprints(house).of(refused.order())).isEqualTo(footprints);
        waiting.onwards().accept(refused.order());
        refused.travelBehind(1);
        assertNothingIsLeft();
    }

    private Traveller refusedByErp() {
        return traveller(all.stream()
                .filter(journey -> journey.name().equals(Journeys.REFUSED_BY_ERP))
                .findFirst()
                .orElseThrow());
    }

    /** What a shop or the tills are asked every few seconds is all that it learns meanwhile. */
    @Test
    @Order(8)
    void anOrderThatNobodyWakesFindsItsWayAlone() {
        List<Journey> alone = journeys.stream()
                .filter(journey -> ALL || ALONE.contains(journey.name()))
                .toList();
        try (FrequentReconciliation often = new FrequentReconciliation(histories)) {
            List<Played> ended =
                    Beside.of(alone, JOURNEYS_AT_ONCE, journey -> orders.play(journey, unwokenInterruptions(journey)));
            assertThat(ended).hasSameSizeAs(alone);
            System.out.println("  " + often.times() + " reconciliations meanwhile");
        }
        assertNothingIsLeft();
    }

    /** To its last task, after which nothing was lost, and to its first, from which on it looks at everything itself. */
    private static List<Interruption> unwokenInterruptions(Journey journey) {
        return List.of(
                new Interruption(0, Moment.AT, Interruption.LAST, Afterwards.ALONE),
                new Interruption(journey.stops().size() - 1, Moment.AT, 0, Afterwards.ALONE));
    }

    private boolean shows(Traveller one, SearchAttributeKey<String> key, String value) {
        SearchAttributes shown = histories.attributes(one.run());
        return shown.containsKey(key) && value.equals(shown.get(key));
    }

    private boolean hides(Traveller one, SearchAttributeKey<String> key) {
        return !histories.attributes(one.run()).containsKey(key);
    }

    private Traveller traveller(Journey journey) {
        return new Traveller(
                house, histories, resets, journey, journey.beginning().get(), "");
    }

    /** What is listed as running lags a little behind. */
    private void assertNothingIsLeft() {
        Resets.await(
                "everything to have ended", () -> histories.runs(STILL_RUNNING).isEmpty());
        assertThat(new Footprints(house).repeated()).isEmpty();
    }
}
