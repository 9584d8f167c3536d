package io.throughline.activities.returns;

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
import io.throughline.activities.TestingRetail;
import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.SamplePurchases;
import io.throughline.workflows.returns.ReturnInput;
import io.throughline.workflows.returns.ReturnWorkflow;
import io.throughline.workflows.returns.ReturnWorkflowImpl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One return of an order that was completed, carried by the real process and the real steps, with everything else in memory and time skipped. */
final class ReturnRun implements AutoCloseable {
    private static final List<String> QUEUES = List.of("orders", "shopify", "pos", "erp", "messaging");
    private static final Map<String, IndexedValueType> ATTRIBUTES = Map.of(
            "SalesChannel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "StalledStep", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "StalledSince", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
            "RejectedBy", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "FinancialPosting", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "CaseOpen", IndexedValueType.INDEXED_VALUE_TYPE_BOOL);
    private static final Money MUCH = Money.of("500.00", CurrencyCode.of("USD"));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final TestingRetail retail;
    final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    final ReturnId id;
    private final FacilityId place;
    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setIdentity("test")
                            .build())
                    .build());
    private WorkflowStub process;

    ReturnRun(boolean inStore, boolean refundFirst, Checkpoints checkpoints) {
        this(inStore, refundFirst, checkpoints, 1);
    }

    private ReturnRun(boolean inStore, boolean refundFirst, Checkpoints checkpoints, int units) {
        this.place = inStore ? SampleFacilities.ST_HARBOR : SampleFacilities.WH_EAST;
        this.retail = new TestingRetail(
                new ClockOf(environment),
                (workflowId, step, about, code, caseId) -> environment
                        .getWorkflowClient()
                        .newUntypedWorkflowStub(workflowId)
                        .signal("stalled", step, about, code, caseId.value()),
                checkpoints);
        retail.returnPolicy.limits(MUCH, MUCH, MUCH);
        ATTRIBUTES.forEach(environment::registerSearchAttribute);
        QUEUES.forEach(queue -> {
            Worker worker = environment.newWorker(queue);
            worker.registerWorkflowImplementationTypes(ReturnWorkflowImpl.class);
            worker.registerActivitiesImplementations(retail.activities());
        });
        environment.start();
        complete();
        this.id = retail.returns.authorise(
                order,
                inStore ? new ReturnedTo.InStore(place) : new ReturnedTo.ByMail(),
                refundFirst,
                now().plus(Duration.ofDays(1)),
                new ReturnRequest.Line("L1", units, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
        this.process = stub();
    }

    static ReturnRun byMail() {
        return new ReturnRun(false, false, Checkpoints.none());
    }

    static ReturnRun byMail(int units) {
        return new ReturnRun(false, false, Checkpoints.none(), units);
    }

    static ReturnRun inStore() {
        return new ReturnRun(true, false, Checkpoints.none());
    }

    private void complete() {
        retail.hears(order);
        retail.orders.accept(order, PersonalData.none(), now());
        List.of(OrderStatus.VALIDATED, OrderStatus.APPROVED, OrderStatus.IN_FULFILLMENT, OrderStatus.COMPLETED)
                .forEach(status -> retail.orders.advance(order.id(), status, "test"));
        retail.work.create(
                order.id(),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.SHIPPED,
                Optional.empty(),
                SamplePurchases.everything(order));
    }

    ReturnRun start() {
        process.start(new ReturnInput(id, returned().to() instanceof ReturnedTo.ByMail, "shopify", Set.copyOf(QUEUES)));
        return this;
    }

    /** Another run that finds the facts of this one. */
    ReturnRun startAgain() {
        try {
            process.terminate("started again");
        } catch (WorkflowNotFoundException ended) {
            assertThat(running()).isFalse();
        }
        process = stub();
        return start();
    }

    ReturnRun receives(String lineId, int units) {
        retail.returns.receive(id, new Arrival(place, List.of(new Arrival.Units(lineId, units)), false));
        return wake("return");
    }

    ReturnRun finds(String lineId, int units, ConditionGrade grade, Disposition disposition) {
        retail.returns.inspect(id, new Finding(place, List.of(new Finding.Units(lineId, units, grade, disposition))));
        return wake("return");
    }

    ReturnRun decides(FailureCode code, Action action) {
        await("an open case " + code, () -> open(code).isPresent());
        Case open = open(code).orElseThrow();
        retail.cases.decide(open.id(), action);
        return wake(open.id().value());
    }

    private Optional<Case> open(FailureCode code) {
        return retail.cases.open().stream().filter(one -> one.code() == code).findFirst();
    }

    ReturnRun wake(String about) {
        process.signal("wake", about);
        return this;
    }

    ReturnRun passes(Duration time) {
        environment.sleep(time);
        return this;
    }

    ReturnRun await(String what, BooleanSupplier condition) {
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
            throw new AssertionError("the return hangs: " + state(), hanging);
        }
    }

    Return returned() {
        return retail.returns.get(id);
    }

    Return.Issued issued() {
        return returned().repayment().flatMap(Return.Repayment::issued).orElseThrow();
    }

    boolean running() {
        return process.describe().getStatus().name().endsWith("RUNNING");
    }

    int historyLength() {
        return environment
                .getWorkflowClient()
                .fetchHistory(process.getExecution().getWorkflowId())
                .getEvents()
                .size();
    }

    private Instant now() {
        return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    private String state() {
        return returned() + "; effects " + retail.vendor.effects() + "; cases " + retail.cases.all();
    }

    private WorkflowStub stub() {
        return WorkflowStub.fromTyped(environment
                .getWorkflowClient()
                .newWorkflowStub(
                        ReturnWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id.workflowId(order.key().account()))
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
