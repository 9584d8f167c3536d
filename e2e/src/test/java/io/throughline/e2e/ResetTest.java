package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A process may be reset to any of its tasks, with or without the signals after it, and ends as it would have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
final class ResetTest {
    private static final String WAREHOUSE_SCRIPT = "/shopify/locations/WH-EAST/script";

    private House house;
    private Histories histories;
    private Resets resets;
    private ShopOrders shop;

    @BeforeAll
    void open() {
        house = House.open(House.newDirectory("resets"), Map.of("THROUGHLINE_POLICY", "standard-1"));
        histories = new Histories(house.stack().temporal());
        resets = new Resets(histories);
        shop = new ShopOrders(house.stage(), 7_700_000_000_000L);
    }

    @AfterAll
    void close() {
        histories.close();
        house.close();
    }

    @Test
    @Order(1)
    void anEndedOrderEndsTheSameFromEachOfItsTasks() throws InterruptedException {
        List<Placed> orders = new ArrayList<>(List.of(
                shop.place(Kind.WAREHOUSE),
                shop.place(Kind.PICKUP),
                shop.place(Kind.SPLIT),
                shop.place(Kind.AUTHORISED)));
        Placed cancelled = shop.placeUnknownProduct();
        house.stage().decide(house.stage().openCase(cancelled.id(), "UNKNOWN_SKU"), "CANCEL", "not a product of ours");
        orders.add(cancelled);
        for (Placed order : orders) {
            house.stage().end(order.id());
            resets.awaitCompletion(order + " to close", histories.latest(order.process()));
        }
        List<JsonNode> before = orders.stream().map(this::facts).toList();
        List<String> effects = effects();

        int count = beside(orders.stream()
                .map(order -> (Work) () -> resetEverywhere(order))
                .toList());

        System.out.println(count + " resets of ended orders");
        for (int i = 0; i < orders.size(); i++) {
            assertThat(facts(orders.get(i))).as(orders.get(i).toString()).isEqualTo(before.get(i));
        }
        assertThat(effects()).containsExactlyInAnyOrderElementsOf(effects);
        assertThat(stillRunning()).isEmpty();
    }

    private int resetEverywhere(Placed order) {
        WorkflowExecution ended = histories.latest(order.process());
        List<Long> boundaries = resets.boundaries(ended);
        for (long boundary : boundaries) {
            for (boolean withSignals : List.of(true, false)) {
                String what = order + " reset to " + boundary + (withSignals ? "" : " without signals");
                WorkflowExecution again = resets.reset(ended, boundary, withSignals);
                resets.wake(again);
                resets.awaitCompletion(what, again);
                assertThat(histories.status(again))
                        .as(what)
                        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
            }
        }
        return boundaries.size() * 2;
    }

    @Test
    @Order(2)
    void anOrderThatWaitsGoesOnFromEachOfItsTasks() throws InterruptedException {
        house.stage().sandbox().put(WAREHOUSE_SCRIPT, Json.object().put("behaviour", "manual"));
        List<Placed> held = new ArrayList<>();
        Placed first = shop.place(Kind.AUTHORISED);
        held.add(first);
        house.stage().awaitWork(first.id(), "RELEASED");
        int boundaries = resets.boundaries(histories.latest(first.process())).size();
        for (int i = 1; i < boundaries * 2; i++) {
            Placed next = shop.place(Kind.AUTHORISED);
            held.add(next);
            house.stage().awaitWork(next.id(), "RELEASED");
        }
        for (int i = 0; i < held.size(); i++) {
            WorkflowExecution waiting = histories.latest(held.get(i).process());
            List<Long> tasks = resets.boundaries(waiting);
            resets.wake(resets.reset(waiting, tasks.get(Math.min(i / 2, tasks.size() - 1)), i % 2 == 0));
        }
        held.forEach(this::ship);

        System.out.println(held.size() + " resets of waiting orders");
        assertThat(new Endings(house.stage()).await(held, Duration.ofMinutes(3), () -> {}))
                .isEmpty();
        for (Placed order : held) {
            resets.awaitCompletion(order + " to close", histories.latest(order.process()));
        }
        assertThat(stillRunning()).isEmpty();
        assertThat(new EffectJudge(house.stage()).judge(held)).isEmpty();
    }

    private void ship(Placed order) {
        JsonNode work = house.stage().order(order.id()).orElseThrow().at("/fulfillmentOrders/0/channelWork");
        String path = "/shopify/" + ShopOrders.SHOP + "/fulfillment-orders/"
                + work.asText().substring(work.asText().lastIndexOf('/') + 1);
        house.stage().sandbox().post(path + "/accept", Json.object());
        house.stage().sandbox().post(path + "/ship", Json.object());
    }

    /** What is told of an order, but for when it was last touched. */
    private JsonNode facts(Placed order) {
        ObjectNode facts = Json.object();
        facts.set("order", house.stage().order(order.id()).orElseThrow());
        ((ObjectNode) facts.at("/order/order")).remove("changedAt");
        facts.set("journals", house.stage().api().get("/v1/orders/" + order.id() + "/journals"));
        return facts;
    }

    private List<String> effects() {
        return Json.list(house.stage().sandbox().get("/ledger")).stream()
                .map(row -> row.path("system") + " " + row.path("operation") + " " + row.path("subject") + " "
                        + row.path("key"))
                .toList();
    }

    private List<String> stillRunning() {
        return histories.runs("ExecutionStatus = 'Running' and WorkflowType = 'OrderToCash'").stream()
                .map(run -> run.getExecution().getWorkflowId())
                .toList();
    }

    private interface Work {
        int carryOut();
    }

    /** The sum of what each gives. */
    private static int beside(List<Work> works) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running =
                    works.stream().map(work -> threads.submit(work::carryOut)).toList();
            int sum = 0;
            for (Future<Integer> one : running) {
                sum += one.get();
            }
            return sum;
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
        }
    }
}
