package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.TestingAwaitedProducts;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.routing.SampleRoutingPolicies;
import io.throughline.domain.sale.TestingTillSales;
import io.throughline.domain.sale.TestingTills;
import io.throughline.domain.sale.TillSaleCheck;
import io.throughline.worker.inbox.InboxHandler;
import io.throughline.worker.inbox.Processes;
import io.throughline.worker.inbox.TillDesk;
import io.throughline.workflows.order.OrderInput;
import io.throughline.workflows.order.OrderToCashWorkflow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order keeps the rules that it began with, also when its process starts again under a newer policy. */
final class PinnedRulesTest {
    private final FreshDatabase database = new FreshDatabase(Clock.systemUTC());
    private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
    private final SamplePolicies policies = new SamplePolicies();
    private final SampleRoutingPolicies routingPolicies = new SampleRoutingPolicies();
    private final SampleAccounts accounts = new SampleAccounts();
    private final InboxHandler handler = new InboxHandler(
            accounts,
            new SampleFacilities(),
            database.facts().orders(),
            database.facts().fulfillmentOrders(),
            database.facts().cases(),
            database.facts().inbox(),
            new Processes(environment.getWorkflowClient(), accounts, policies, routingPolicies, Clock.systemUTC()),
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
    private final OrderKey key = new OrderKey(SampleAccounts.SHOP, "6500000000099");

    @BeforeEach
    void start() {
        environment.registerSearchAttribute("OrderStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        environment.registerSearchAttribute("SalesChannel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        environment.registerSearchAttribute("FinancialPosting", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        environment.newWorker("orders").registerWorkflowImplementationTypes(Waiting.class);
        environment.start();
    }

    @AfterEach
    void close() {
        environment.close();
        database.close();
    }

    @Test
    void aPolicyThatChangesBetweenTwoStartsChangesNothingForTheOrder() {
        hear(1);
        OrderInput first = input();
        assertThat(first.policyVersion()).isEqualTo("standard-1");
        assertThat(first.localQueues()).contains("orders", "shopify");

        policies.activate(SamplePolicies.NEWER);
        process().terminate("for the test");
        hear(2);

        assertThat(input()).isEqualTo(first);
    }

    @Test
    void anOrderThatIsFirstHeardOfAfterTheChangeFollowsTheNewOne() {
        policies.activate(SamplePolicies.NEWER);
        hear(1);

        assertThat(input().policyVersion()).isEqualTo("standard-2");
        assertThat(input().localQueues()).isEmpty();
    }

    @Test
    void anOrderKeepsTheRoutingThatItWasFirstHeardOfUnder() {
        hear(1);
        routingPolicies.activate(SampleRoutingPolicies.of("routing-2", SampleRoutingPolicies.FEWEST_THEN_NEAREST));
        hear(2);

        assertThat(database.facts().orders().view(OrderId.of(key)).orElseThrow().rules())
                .flatMap(OrderRules::routingVersion)
                .contains("routing-1");
    }

    private void hear(long message) {
        handler.handle(new InboxMessage(
                message,
                key.account(),
                "orders/updated",
                "event-" + message,
                key.workflowId(),
                "{}",
                Instant.now(),
                0));
    }

    /** What the run that is open now was started with. */
    private OrderInput input() {
        return process().query("input", OrderInput.class);
    }

    private WorkflowStub process() {
        return environment.getWorkflowClient().newUntypedWorkflowStub(key.workflowId());
    }

    /** Tells what it was started with, and waits. */
    public static final class Waiting implements OrderToCashWorkflow {
        @Override
        public String run(OrderInput input) {
            Workflow.registerListener((Telling) () -> input);
            Workflow.await(() -> false);
            return "";
        }

        /** For the test to ask. */
        public interface Telling {
            @io.temporal.workflow.QueryMethod
            OrderInput input();
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
