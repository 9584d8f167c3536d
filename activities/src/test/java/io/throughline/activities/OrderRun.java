package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Order;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.SampleRoutingPolicies;
import io.throughline.workflows.order.OrderInput;
import io.throughline.workflows.order.OrderToCashWorkflow;
import io.throughline.workflows.order.OrderToCashWorkflowImpl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One order carried by the real process and the real steps, with everything else in memory and time skipped. */
final class OrderRun implements AutoCloseable {
    private static final List<String> QUEUES = List.of("orders", "shopify", "pos", "erp", "messaging");
    private static final Map<String, IndexedValueType> ATTRIBUTES = Map.of(
            "OrderStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "SalesChannel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "Facilities", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
            "StalledStep", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "StalledSince", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
            "RejectedBy", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "FinancialPosting", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "CaseOpen", IndexedValueType.INDEXED_VALUE_TYPE_BOOL);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final TestingRetail retail;
    final Order order;
    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setIdentity("test")
                            .build())
                    .build());
    private WorkflowStub process;

    OrderRun(Order order, Checkpoints checkpoints) {
        this(order, checkpoints, SamplePolicies.STANDARD, SampleRoutingPolicies.DEFAULT);
    }

    private OrderRun(Order order, Checkpoints checkpoints, OrderPolicy policy, RoutingPolicy routing) {
        this.order = order;
        this.retail = new TestingRetail(
                new ClockOf(environment),
                (workflowId, step, about, code, caseId) -> environment
                        .getWorkflowClient()
                        .newUntypedWorkflowStub(workflowId)
                        .signal("stalled", step, about, code, caseId.value()),
                checkpoints);
        ATTRIBUTES.forEach(environment::registerSearchAttribute);
        QUEUES.forEach(queue -> {
            Worker worker = environment.newWorker(queue);
            worker.registerWorkflowImplementationTypes(OrderToCashWorkflowImpl.class);
            worker.registerActivitiesImplementations(retail.activities());
        });
        environment.start();
        process = stub();
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
        process.start(new OrderInput(order.id(), "shopify", "standard-1", Set.copyOf(QUEUES)));
        return this;
    }

    /** Another run that finds the facts of this one. */
    OrderRun startAgain() {
        try {
            process.terminate("started again");
        } catch (WorkflowNotFoundException ended) {
            assertThat(running()).isFalse();
        }
        process = stub();
        return start();
    }

    OrderRun wake(String about) {
        process.signal("wake", about);
        return this;
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
        retail.orders.accept(changed, PersonalData.none(), Instant.ofEpochMilli(environment.currentTimeMillis()));
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
        environment.sleep(time);
        return this;
    }

    OrderRun await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s; %s", what, state()).isLessThan(until);
            environment.sleep(Duration.ofMillis(20));
        }
        return this;
    }

    String result() {
        try {
            return process.getResult(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, String.class);
        } catch (TimeoutException | WorkflowFailedException hanging) {
            throw new AssertionError("the order hangs: " + state(), hanging);
        }
    }

    String waitingFor() {
        return process.query("waitingFor", String.class);
    }

    boolean running() {
        return process.describe().getStatus().name().endsWith("RUNNING");
    }

    /** By the clock of its process, which skips what nobody waits through. */
    Instant now() {
        return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    FulfillmentOrderId work(int ordinal) {
        return FulfillmentOrderId.of(order.id(), ordinal);
    }

    private String state() {
        return "effects " + retail.vendor.effects() + "; work " + retail.work.ofOrder(order.id()) + "; cases "
                + retail.cases.all();
    }

    private WorkflowStub stub() {
        return WorkflowStub.fromTyped(environment
                .getWorkflowClient()
                .newWorkflowStub(
                        OrderToCashWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(order.key().workflowId())
                                .setTaskQueue("orders")
                                .build()));
    }

    @Override
    public void close() {
        environment.close();
    }

    private static final class ClockOf extends Clock {
        private final TestWorkflowEnvironment environment;

        ClockOf(TestWorkflowEnvironment environment) {
            this.environment = environment;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(environment.currentTimeMillis());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
