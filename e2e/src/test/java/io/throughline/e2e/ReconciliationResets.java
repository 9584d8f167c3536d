package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.schedules.ScheduleClient;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes a shop lose its subscriptions and an order's webhooks, and resets the process that finds both out. */
final class ReconciliationResets {
    private static final String SCHEDULE = "reconcile/" + ShopOrders.ACCOUNT;
    private static final String SUBSCRIPTIONS = "/shopify/" + ShopOrders.SHOP + "/subscriptions";

    /** What it asks its shop, in this order: the names of the queries' first fields. */
    static final List<String> QUESTIONS = List.of("webhookSubscriptions", "orders");

    private final House house;
    private final Histories histories;
    private final Resets resets;
    private final ShopOrders shop;
    private final ScheduleClient schedules;

    ReconciliationResets(House house, Histories histories, Resets resets, ShopOrders shop) {
        this.house = house;
        this.histories = histories;
        this.resets = resets;
        this.shop = shop;
        this.schedules = histories.schedules();
    }

    /** An order whose webhooks were lost, found by a process that nobody disturbs and that is reset to each task afterwards. */
    Placed resetEnded(Journey asFound) {
        Placed order = lose();
        WorkflowExecution ended = trigger();
        resets.awaitCompletion("the reconciliation", ended);
        travel(asFound, order);
        List<String> before = traces(order);
        for (long boundary : resets.boundaries(ended)) {
            for (boolean withSignals : List.of(true, false)) {
                resets.awaitCompletion(
                        "the reconciliation, ended, reset to " + boundary, resets.reset(ended, boundary, withSignals));
            }
        }
        assertThat(traces(order)).isEqualTo(before);
        resets.tell("a reconciliation ended the same again from each of its tasks");
        return order;
    }

    /** The same while its shop gives no answer to one of its questions; each of its tasks in turn. Gives the orders found. */
    List<Placed> resetWaiting(Journey asFound, String question) {
        List<Placed> found = new ArrayList<>();
        int boundaries = 1;
        for (int boundary = 0; boundary < boundaries; boundary++) {
            for (boolean withSignals : List.of(true, false)) {
                Placed order = lose();
                fail(question);
                WorkflowExecution waiting = trigger();
                resets.awaitRest("the reconciliation without " + question, waiting);
                List<Long> tasks = resets.boundaries(waiting);
                boundaries = tasks.size();
                WorkflowExecution again = resets.reset(waiting, tasks.get(boundary), withSignals);
                resets.awaitRest("the reconciliation again without " + question, again);
                house.stage().sandbox().delete("/faults");
                resets.awaitCompletion("the reconciliation, reset to " + tasks.get(boundary), again);
                travel(asFound, order);
                found.add(order);
            }
            resets.tell("a reconciliation that waited for its " + question + " went on from task " + (boundary + 1)
                    + " of " + boundaries);
        }
        return found;
    }

    private Placed lose() {
        house.stage().sandbox().delete(SUBSCRIPTIONS);
        return shop.placeSilently();
    }

    private void fail(String question) {
        house.stage()
                .sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("system", "shopify")
                                .put("operation", question)
                                .put("kind", "status")
                                .put("status", 503)
                                .put("times", 1_000_000));
    }

    /** Starts it now; gives its run. */
    private WorkflowExecution trigger() {
        Set<String> earlier = known();
        schedules.getHandle(SCHEDULE).trigger();
        Set<String> fresh = new TreeSet<>();
        Resets.await("a reconciliation to begin", () -> {
            fresh.addAll(known());
            fresh.removeAll(earlier);
            return !fresh.isEmpty();
        });
        return histories.latest(fresh.iterator().next());
    }

    private Set<String> known() {
        return histories.runs("WorkflowType = 'Reconciliation'").stream()
                .map(run -> run.getExecution().getWorkflowId())
                // The schedule adds the time: the accounts of other shops begin with the same letters.
                .filter(id -> id.startsWith(SCHEDULE + "-2"))
                .collect(Collectors.toSet());
    }

    private void travel(Journey journey, Placed order) {
        new Traveller(house, histories, resets, journey, order, ", found by a reconciliation").travel();
    }

    /** What the order left, and which subscriptions there are; a second message about it would be a second hint in the trace. */
    private List<String> traces(Placed order) {
        List<String> traces = new ArrayList<>(new Footprints(house).of(order));
        Json.list(house.stage().sandbox().get(SUBSCRIPTIONS)).stream()
                .map(JsonNode::toString)
                .sorted()
                .forEach(traces::add);
        return traces;
    }
}
