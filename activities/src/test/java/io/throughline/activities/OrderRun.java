package io.throughline.activities;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowStub;
import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Order;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.SampleRoutingPolicies;
import io.throughline.workflows.fulfillment.FulfillmentRerouteWorkflow;
import io.throughline.workflows.fulfillment.RerouteInput;
import io.throughline.workflows.order.OrderInput;
import io.throughline.workflows.order.OrderToCashWorkflow;
import io.throughline.workflows.order.OrderToCashWorkflowImpl;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One order carried by the real process and the real steps, with everything else in memory and time skipped. */
final class OrderRun implements AutoCloseable {
    private static final Map<String, IndexedValueType> ATTRIBUTES = Map.of(
            "OrderStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "SalesChannel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "Facilities", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
            "StalledStep", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "StalledSince", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
            "RejectedBy", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "FinancialPosting", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "CaseOpen", IndexedValueType.INDEXED_VALUE_TYPE_BOOL);

    final TestingRetail retail;
    final Order order;
    private final ProcessServer server = new ProcessServer("order", this::state);
    private final String policyVersion;
    private final Map<RerouteId, Integer> toldBefore = new ConcurrentHashMap<>();
    private WorkflowStub process;

    OrderRun(Order order, Checkpoints checkpoints) {
        this(order, checkpoints, SamplePolicies.STANDARD, SampleRoutingPolicies.DEFAULT);
    }

    private OrderRun(Order order, Checkpoints checkpoints, OrderPolicy policy, RoutingPolicy routing) {
        this.order = order;
        this.policyVersion = policy.version();
        this.retail = new TestingRetail(server.clock(), server.doorbell(), checkpoints);
        server.start(ATTRIBUTES, OrderToCashWorkflowImpl.class, retail.activities());
        process = stub();
        retail.reroutes.tell(this::hear);
        retail.work.holds().tell(held -> hearOfHold());
        retail.routingPolicies.activate(routing);
        retail.hears(order, policy);
        stock();
    }

    static OrderRun of(Order order) {
        return new OrderRun(order, Checkpoints.none());
    }

    /** The order keeps to a policy of the test's choice. */
    static OrderRun under(OrderPolicy policy, Order order) {
        return under(policy, SampleRoutingPolicies.DEFAULT, order);
    }

    static OrderRun under(OrderPolicy policy, RoutingPolicy routing, Order order) {
        return new OrderRun(order, Checkpoints.none(), policy, routing);
    }

    private void stock() {
        order.lines()
                .forEach(line -> SampleFacilities.ALL_IDS.forEach(facility -> {
                    retail.inventory.stock(facility, line.sku(), 9);
                }));
    }

    OrderRun start() {
        process.start(new OrderInput(order.id(), queue(), policyVersion, ProcessServer.queues()));
        return this;
    }

    private String queue() {
        OutsideSystem system = retail.accounts.get(order.key().account()).system();
        return system == OutsideSystem.MARKETPLACE ? system.taskQueue() : OutsideSystem.SHOPIFY.taskQueue();
    }

    /** Another run that finds the facts of this one. */
    OrderRun startAgain() {
        server.terminate(process);
        process = stub();
        return start();
    }

    /** Wakes the order's process, and those of its reroutes that are open. */
    OrderRun wake(String about) {
        server.wake(process, about);
        retail.reroutes.ofOrder(order.id()).stream().filter(one -> !one.ended()).forEach(one -> wake(one, about));
        return this;
    }

    /** What the dispatcher does with news of a reroute. */
    private void hear(Reroute reroute) {
        if (reroute.ended()) {
            server.wake(process, "order " + reroute.id().work() + (isToBeReadAnew(reroute) ? " channel" : ""));
        } else {
            toldBefore.putIfAbsent(reroute.id(), versions());
            wake(reroute, "reroute");
        }
    }

    /** As the database decides it. */
    private boolean isToBeReadAnew(Reroute reroute) {
        return versions() > toldBefore.getOrDefault(reroute.id(), versions())
                || (reroute.cause() == RerouteCause.EDITED && reroute.status() == RerouteStatus.KEPT)
                || retail.orders.changes().readdressed(order.id()).stream()
                        .anyMatch(change -> change.work().equals(reroute.id().work()));
    }

    private int versions() {
        return retail.orders.versions(order.id()).size();
    }

    /** What the dispatcher does with news of a hold. */
    private void hearOfHold() {
        server.wake(
                process,
                Stream.concat(
                                Stream.of("order"),
                                retail.work.ofOrder(order.id()).stream()
                                        .map(one -> one.id().value()))
                        .collect(Collectors.joining(" ")));
    }

    private void wake(Reroute reroute, String about) {
        server.wakeOrStart(
                server.process(FulfillmentRerouteWorkflow.class, reroute.id().workflowId()),
                about + " reroute",
                new RerouteInput(reroute.id(), "pos", ProcessServer.queues()));
    }

    /** How the process of a reroute has ended. */
    String ended(RerouteId id) {
        return server.result(server.process(id.workflowId()));
    }

    String storyOf(RerouteId id) {
        return server.process(id.workflowId()).query("waitingFor", String.class);
    }

    /** Other runs of the order's process and of that of a reroute, which find the facts of these. */
    OrderRun startAgainWith(RerouteId id) {
        server.terminate(server.process(id.workflowId()));
        startAgain();
        wake(retail.reroutes.get(id), "everything");
        return this;
    }

    OrderRun awaitReroute(int ordinal, RerouteStatus status) {
        return await(
                "the reroute of F" + ordinal + " is " + status,
                () -> retail.reroutes
                        .latest(work(ordinal))
                        .filter(one -> one.status() == status)
                        .isPresent());
    }

    /** The facility's system says how far it has come; the dispatcher hints and wakes. */
    OrderRun reports(int ordinal, FulfillmentStatus status) {
        await(
                "F" + ordinal + " is released",
                () -> retail.work
                        .find(work(ordinal))
                        .flatMap(FulfillmentOrder::workReference)
                        .isPresent());
        retail.facilitySystem.report(work(ordinal), status);
        retail.work.hintAll(order.id());
        return wake(work(ordinal).value());
    }

    /** The merchant has changed the order at its channel, and we have read it again. */
    OrderRun becomes(Order changed) {
        retail.hears(changed);
        retail.orders.accept(changed, PersonalData.none(), now());
        return this;
    }

    OrderRun decides(Action action) {
        await("one open case", () -> retail.cases.open().size() == 1);
        Case open = retail.cases.open().getFirst();
        retail.cases.decide(open.id(), action);
        return wake(open.id().value());
    }

    OrderRun awaitStatus(int ordinal, FulfillmentStatus status) {
        return await(
                "F" + ordinal + " " + status,
                () -> retail.work
                        .find(work(ordinal))
                        .map(FulfillmentOrder::status)
                        .filter(status::equals)
                        .isPresent());
    }

    OrderRun awaitEffect(String operation) {
        return await(
                operation,
                () -> retail.vendor.effects().stream().anyMatch(effect -> effect.startsWith(operation + " ")));
    }

    OrderRun passes(Duration time) {
        server.passes(time);
        return this;
    }

    OrderRun await(String what, BooleanSupplier condition) {
        server.await(what, condition);
        return this;
    }

    String result() {
        return server.result(process);
    }

    String waitingFor() {
        return process.query("waitingFor", String.class);
    }

    boolean running() {
        return server.running(process);
    }

    /** The clock may have skipped to anywhere by the time that it is asked after an end. */
    Instant closedAt() {
        return Objects.requireNonNull(process.describe().getCloseTime(), "it has not ended");
    }

    /** By the clock of its process, which skips what nobody waits through. */
    Instant now() {
        return server.now();
    }

    FulfillmentOrderId work(int ordinal) {
        return FulfillmentOrderId.of(order.id(), ordinal);
    }

    private String state() {
        return "effects " + retail.vendor.effects() + "; work " + retail.work.ofOrder(order.id()) + "; cases "
                + retail.cases.all();
    }

    private WorkflowStub stub() {
        return server.process(OrderToCashWorkflow.class, order.key().workflowId());
    }

    @Override
    public void close() {
        server.close();
    }
}
