package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.throughline.activities.call.Checkpoints;
import io.throughline.activities.call.Effects;
import io.throughline.connectors.tryton.LedgerMapping;
import io.throughline.connectors.tryton.TrytonErp;
import io.throughline.connectors.tryton.TrytonSettings;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.finance.LedgerAccount.Role;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.TestingAwaitedProducts;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.routing.SampleRoutingPolicies;
import io.throughline.domain.sale.TestingTillSales;
import io.throughline.domain.sale.TestingTills;
import io.throughline.domain.sale.TillSaleCheck;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.domain.tracing.FinishedSpan;
import io.throughline.domain.tracing.SpanKind;
import io.throughline.domain.tracing.TestingSpans;
import io.throughline.domain.tracing.Tracer;
import io.throughline.runtime.DataConverters;
import io.throughline.runtime.TraceCarrier;
import io.throughline.worker.TracedSteps;
import io.throughline.worker.inbox.Dispatcher;
import io.throughline.worker.inbox.InboxHandler;
import io.throughline.worker.inbox.Processes;
import io.throughline.worker.inbox.TillDesk;
import io.throughline.workflows.order.OrderInput;
import io.throughline.workflows.order.OrderToCashWorkflow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An order is one trace from its webhook to the call of the ERP, over the inbox, its process and the effect; or nothing at all is added. */
@Timeout(60)
final class OneTraceTest {
    private static final String NONE = "none";

    private final FreshDatabase database = new FreshDatabase(Clock.systemUTC());
    private final TestingSpans spans = new TestingSpans();
    private final SampleAccounts accounts = new SampleAccounts();
    private final OrderKey key = new OrderKey(SampleAccounts.SHOP, "6500000000077");
    private final List<String> askedOfErp = new CopyOnWriteArrayList<>();
    private HttpServer erp;

    @BeforeEach
    void listen() throws IOException {
        erp = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        erp.createContext("/", exchange -> {
            askedOfErp.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent"))
                    .orElse(NONE));
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        erp.start();
    }

    @AfterEach
    void close() {
        erp.stop(0);
        database.close();
    }

    @Test
    void anOrderIsOneTraceFromItsWebhookToTheErp() throws Exception {
        WorkflowExecutionHistory history = livedThrough(spans.tracer());

        FinishedSpan webhook = spans.named("POST /webhooks/shopify/{account}");
        assertThat(spans.all())
                .allSatisfy(span -> assertThat(span.self().traceId())
                        .isEqualTo(webhook.self().traceId()));
        FinishedSpan inbox = childOf(webhook, "inbox order");
        FinishedSpan step = childOf(inbox, "step Announce");
        childOf(inbox, "step Look");
        FinishedSpan effect = childOf(step, "effect announce");
        FinishedSpan call = childOf(effect, "tryton");
        assertThat(askedOfErp).containsExactly(call.self().toString());
        assertThat(call.failure()).contains("503");
        assertThat(effect.failure()).contains("SYSTEM_ERROR");
        assertThat(tracesTold()).containsExactly(webhook.self().traceId());

        int before = spans.all().size();
        replay(history);
        assertThat(spans.all()).as("a replay makes no span").hasSize(before);
    }

    @Test
    void whereNothingIsTracedNothingIsAdded() throws Exception {
        WorkflowExecutionHistory history = livedThrough(Tracer.off());

        assertThat(spans.all()).isEmpty();
        assertThat(askedOfErp).containsExactly(NONE);
        assertThat(history.getEvents()).noneMatch(OneTraceTest::hasHeader);
        assertThat(tracesTold()).isEmpty();
    }

    /** As a worker does that traces. */
    private void replay(WorkflowExecutionHistory history) throws Exception {
        try (TestWorkflowEnvironment temporal = environment(spans.tracer())) {
            Worker worker = temporal.newWorker("orders");
            worker.registerWorkflowImplementationTypes(Announcing.class);
            WorkflowReplayer.replayWorkflowExecution(history, worker);
        }
    }

    private static boolean hasHeader(HistoryEvent event) {
        return event.getWorkflowExecutionStartedEventAttributes().getHeader().getFieldsCount() > 0
                || event.getActivityTaskScheduledEventAttributes().getHeader().getFieldsCount() > 0
                || event.getMarkerRecordedEventAttributes().getHeader().getFieldsCount() > 0;
    }

    private FinishedSpan childOf(FinishedSpan parent, String name) {
        FinishedSpan child = spans.named(name);
        assertThat(child.parentSpanId()).as(name).contains(parent.self().spanId());
        return child;
    }

    /** In the line of the order, each once. */
    private List<String> tracesTold() {
        return database.facts().trace().of(OrderId.of(key).value()).stream()
                .map(TraceEntry::detail)
                .flatMap(detail -> Optional.ofNullable(detail.get("traceId")).stream())
                .distinct()
                .toList();
    }

    private WorkflowExecutionHistory livedThrough(Tracer tracer) throws InterruptedException {
        try (TestWorkflowEnvironment temporal = environment(tracer)) {
            for (String attribute : List.of("OrderStatus", "SalesChannel", "FinancialPosting")) {
                temporal.registerSearchAttribute(attribute, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
            }
            Worker worker = temporal.newWorker("orders");
            worker.registerWorkflowImplementationTypes(Announcing.class);
            worker.registerActivitiesImplementations(new ErpSteps());
            temporal.start();
            Dispatcher dispatcher = new Dispatcher(database.facts().inbox(), handler(temporal), tracer);
            tracer.begin(
                    "POST /webhooks/shopify/{account}",
                    SpanKind.SERVER,
                    Optional.empty(),
                    () -> database.facts()
                            .inbox()
                            .store(key.account(), "orders/create", "event-1", key.workflowId(), "{}"));
            dispatcher.start(1);
            try {
                WorkflowStub process = temporal.getWorkflowClient().newUntypedWorkflowStub(key.workflowId());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(askedOfErp).isNotEmpty());
                process.getResult(String.class);
            } finally {
                dispatcher.stop();
            }
            return temporal.getWorkflowClient().fetchHistory(key.workflowId());
        }
    }

    private static TestWorkflowEnvironment environment(Tracer tracer) {
        return TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(DataConverters.standard())
                        .setContextPropagators(tracer.isOn() ? List.of(new TraceCarrier()) : List.of())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new TracedSteps(tracer))
                        .build())
                .build());
    }

    private InboxHandler handler(TestWorkflowEnvironment temporal) {
        return new InboxHandler(
                accounts,
                new SampleFacilities(),
                database.facts().orders(),
                database.facts().fulfillmentOrders(),
                database.facts().cases(),
                database.facts().inbox(),
                new Processes(
                        temporal.getWorkflowClient(),
                        accounts,
                        new SamplePolicies(),
                        new SampleRoutingPolicies(),
                        Clock.systemUTC()),
                new TillDesk(
                        accounts,
                        new TestingTills(),
                        new TestingTillSales(),
                        new TillSaleCheck(sku -> true),
                        new TestingAwaitedProducts(),
                        database.facts().cases(),
                        database.facts().trace(),
                        Clock.systemUTC(),
                        1),
                List.of());
    }

    /** What the process below does outside. */
    @ActivityInterface
    public interface Steps {
        @ActivityMethod(name = "Look")
        String look(String order);

        @ActivityMethod(name = "Announce")
        void announce(String order);
    }

    /** With the real ledger of effects and the real connector of the ERP. */
    private final class ErpSteps implements Steps {
        private final Effects effects =
                new Effects(database.facts().effects(), accounts, Clock.systemUTC(), Checkpoints.none());
        private final TrytonErp connector = new TrytonErp(List.of(settings()));

        @Override
        public String look(String order) {
            return order;
        }

        @Override
        public void announce(String order) {
            effects.carryOut(
                    Effects.Intent.of(SampleAccounts.ERP, order, "announce", "order")
                            .asking("the order")
                            .foundBy(Optional::empty)
                            .doneBy(vendorKey ->
                                    connector.settle(SampleAccounts.ERP, new OrderId(order), List.of("reference"))),
                    Optional.empty());
        }

        private TrytonSettings settings() {
            return new TrytonSettings(
                    SampleAccounts.ERP,
                    URI.create("http://127.0.0.1:" + erp.getAddress().getPort()),
                    "northwind",
                    "orchestrator",
                    "synthetic-tryton-password",
                    "synthetic-tryton-application-key",
                    "Northwind Trading",
                    Duration.ofSeconds(30),
                    Erp.LONGEST_CHANGE,
                    new LedgerMapping(
                            Arrays.stream(Role.values())
                                    .collect(Collectors.toMap(
                                            Function.identity(), role -> Map.of(LedgerMapping.OTHERWISE, role.name()))),
                            Map.of(LedgerMapping.OTHERWISE, "external"),
                            Map.of(LedgerMapping.OTHERWISE, "Channel tax"),
                            Set.of(),
                            Map.of()));
        }
    }

    /** Looks locally, announces by the queue, and ends. */
    public static final class Announcing implements OrderToCashWorkflow {
        private final Steps local = Workflow.newLocalActivityStub(
                Steps.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(5))
                        .build());
        private final Steps queued = Workflow.newActivityStub(
                Steps.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(40))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build());

        @Override
        public String run(OrderInput input) {
            String order = local.look(input.order().value());
            try {
                queued.announce(order);
            } catch (ActivityFailure busy) {
                return "the ERP is busy";
            }
            return "announced";
        }

        @Override
        public void wake(String about) {}

        @Override
        public void stalled(String step, String about, FailureCode code, String caseId) {}

        @Override
        public String decide(String caseId, @Nullable String action) {
            return "";
        }

        @Override
        public void checkDecision(String caseId, @Nullable String action) {}

        @Override
        public void propose(@Nullable String caseId, @Nullable String action) {}

        @Override
        public String waitingFor() {
            return "";
        }
    }
}
