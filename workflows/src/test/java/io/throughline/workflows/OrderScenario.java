package io.throughline.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Order;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.order.OrderInput;
import io.throughline.workflows.order.OrderToCashWorkflow;
import io.throughline.workflows.order.OrderToCashWorkflowImpl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One order, its facts and its process on a server whose time is skipped. */
final class OrderScenario implements AutoCloseable {
    private static final List<String> QUEUES =
            List.of("orders", "shopify", "pos", "erp", "messaging", "carrier", "marketplace");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ENOUGH_NEWS = 1_000;

    final TestingFacts facts;
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final String channelQueue;
    private final Set<String> localQueues;
    private WorkflowStub process;

    private OrderScenario(Order order, String channelQueue, Set<String> localQueues) {
        this.channelQueue = channelQueue;
        this.localQueues = localQueues;
        this.facts = new TestingFacts(new ClockOf(environment), order);
        register();
        QUEUES.forEach(queue -> {
            Worker worker = environment.newWorker(queue);
            worker.registerWorkflowImplementationTypes(OrderToCashWorkflowImpl.class);
            worker.registerActivitiesImplementations(TestingSteps.over(facts));
        });
        environment.start();
        process = stub();
    }

    static OrderScenario of(Order order) {
        return new OrderScenario(order, "shopify", Set.copyOf(QUEUES));
    }

    /** A marketplace has sold it. */
    static OrderScenario sold(Order order) {
        return new OrderScenario(order, "marketplace", Set.of("orders", "pos", "messaging"));
    }

    /** Every step that leaves the process is taken by way of its system's queue. */
    static OrderScenario queued(Order order) {
        return new OrderScenario(order, "shopify", Set.of("orders"));
    }

    /** Even our own database is reached by way of a queue, so that much can happen while a step is under way. */
    static OrderScenario slow(Order order) {
        return new OrderScenario(order, "shopify", Set.of());
    }

    OrderScenario start() {
        process.start(new OrderInput(facts.id(), channelQueue, "standard-1", localQueues));
        return this;
    }

    /** What a reset to the beginning comes to: another run that finds the facts of the one before. */
    OrderScenario startAgain() {
        try {
            process.terminate("started again");
        } catch (WorkflowNotFoundException ended) {
            assertThat(status()).isNotEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
        }
        process = stub();
        return start();
    }

    OrderScenario wake(String about) {
        process.signal("wake", about);
        return this;
    }

    /**
     * So much news that the run's history grows too long for it. The next comes only when the last was looked at: this server tries in
     * vain, and without a pause, to begin a new run while there is more.
     */
    OrderScenario wakeUntilAnotherRun() {
        String first = currentRun();
        for (int news = 0; news < ENOUGH_NEWS && currentRun().equals(first); news++) {
            wake("order");
            waitingFor();
        }
        assertThat(currentRun()).as("another run after so much news").isNotEqualTo(first);
        return this;
    }

    private String currentRun() {
        return description().getWorkflowExecutionInfo().getExecution().getRunId();
    }

    /** The facility says how far it has come. */
    OrderScenario reports(int ordinal, FulfillmentStatus status) {
        facts.report(work(ordinal), status, Optional.of("as the test wants it"));
        return wake(work(ordinal).value());
    }

    /** A known person decides the one open case; the dispatcher wakes the process. */
    OrderScenario decides(Action action) {
        Case open = openCase();
        facts.cases.decide(open.id(), action);
        return wake(open.id().value());
    }

    /** The same once the process shows the case: what it did before is recorded then, and not done again after the decision. */
    OrderScenario decidesOnceShown(Action action) {
        Case open = openCase();
        await("shown", () -> waitingFor().contains(open.id().value()));
        return decides(action);
    }

    String update(String caseId, Action action) {
        return process.update("decide", String.class, caseId, action);
    }

    /** As Temporal's UI sends it. */
    String updateWith(String text) {
        return process.update("decide", String.class, text);
    }

    OrderScenario signal(String name, Object... arguments) {
        process.signal(name, arguments);
        return this;
    }

    /** A step of the order has failed for so long that a case is opened and the process told. */
    Case stalls(String step, FailureCode code) {
        Case outage = facts.cases.open(
                facts.atChannel().key().account(), facts.id().value(), step + " order", code, "away on purpose");
        signal("stalled", step, "order", code, outage.id().value());
        return outage;
    }

    Case openCase() {
        await("one open case", () -> facts.cases.open().size() == 1);
        return facts.cases.open().getFirst();
    }

    OrderScenario awaitEffect(String effect) {
        return await(effect, () -> facts.effects().contains(effect));
    }

    OrderScenario awaitStatus(int ordinal, FulfillmentStatus status) {
        return await(
                "F" + ordinal + " " + status,
                () -> facts.work
                        .find(work(ordinal))
                        .map(found -> found.status() == status)
                        .orElse(false));
    }

    OrderScenario passes(Duration time) {
        environment.sleep(time);
        return this;
    }

    /** Lets the process run until something holds; time only crawls meanwhile. */
    OrderScenario await(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s; effects so far %s; cases %s", what, facts.effects(), facts.cases.all())
                    .isLessThan(until);
            environment.sleep(Duration.ofMillis(20));
        }
        return this;
    }

    /** The end of the process, which is not awaited for longer than two months of its time. */
    String result() {
        try {
            return process.getResult(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, String.class);
        } catch (TimeoutException | WorkflowFailedException hanging) {
            throw new AssertionError(
                    "the order hangs: " + waitingFor() + "; effects " + facts.effects() + "; cases "
                            + facts.cases.all(),
                    hanging);
        }
    }

    String waitingFor() {
        return process.query("waitingFor", String.class);
    }

    FulfillmentOrderId work(int ordinal) {
        return FulfillmentOrderId.of(facts.id(), ordinal);
    }

    WorkflowExecutionStatus status() {
        return description().getWorkflowExecutionInfo().getStatus();
    }

    /** The server's own clock may have skipped to anywhere by the time that it is asked. */
    Instant closedAt() {
        return Objects.requireNonNull(process.describe().getCloseTime(), "it has not ended");
    }

    boolean somethingPending() {
        return description().getPendingActivitiesCount() > 0;
    }

    SearchAttributes searchAttributes() {
        return process.describe().getTypedSearchAttributes();
    }

    /** The dearest writes that the server makes. */
    long writesOfAttributes() {
        return history().getEvents().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES)
                .count();
    }

    WorkflowExecutionHistory history() {
        WorkflowExecution execution = process.getExecution();
        return environment.getWorkflowClient().fetchHistory(execution.getWorkflowId(), execution.getRunId());
    }

    private DescribeWorkflowExecutionResponse description() {
        return environment
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(environment.getNamespace())
                        .setExecution(WorkflowExecution.newBuilder()
                                .setWorkflowId(process.getExecution().getWorkflowId()))
                        .build());
    }

    private WorkflowStub stub() {
        WorkflowClient client = environment.getWorkflowClient();
        return WorkflowStub.fromTyped(client.newWorkflowStub(
                OrderToCashWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(facts.atChannel().key().workflowId())
                        .setTaskQueue("orders")
                        .setStaticSummary(facts.atChannel().name())
                        .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                .set(
                                        Story.ORDER_STATUS,
                                        facts.orders
                                                .view(facts.id())
                                                .orElseThrow()
                                                .status()
                                                .name())
                                .build())
                        .build()));
    }

    private void register() {
        environment.registerSearchAttribute(Story.ORDER_STATUS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        environment.registerSearchAttribute(Story.SALES_CHANNEL.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        environment.registerSearchAttribute(
                Story.FACILITIES.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST);
        environment.registerSearchAttribute(Story.STALLED_STEP.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        environment.registerSearchAttribute(
                Story.STALLED_SINCE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
        environment.registerSearchAttribute(Story.REJECTED_BY.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        environment.registerSearchAttribute(
                Story.FINANCIAL_POSTING.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        environment.registerSearchAttribute(Story.CASE_OPEN.getName(), IndexedValueType.INDEXED_VALUE_TYPE_BOOL);
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
