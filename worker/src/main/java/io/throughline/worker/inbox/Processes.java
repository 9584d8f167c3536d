package io.throughline.worker.inbox;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ResetActivityRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.common.SearchAttributes;
import io.throughline.activities.call.Doorbell;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.routing.RoutingPolicies;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.order.OrderInput;
import io.throughline.workflows.order.OrderToCashWorkflow;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running processes in Temporal: starts the one of an open order, or wakes it. */
public final class Processes implements Doorbell, OrderProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);
    private static final Set<String> LOCAL_FIRST = Set.of(Starts.QUEUE, "shopify", "pos", "messaging");

    private final WorkflowClient client;
    private final Accounts accounts;
    private final Policies policies;
    private final RoutingPolicies routing;
    private final Clock clock;

    public Processes(
            WorkflowClient client, Accounts accounts, Policies policies, RoutingPolicies routing, Clock clock) {
        this.client = client;
        this.accounts = accounts;
        this.policies = policies;
        this.routing = routing;
        this.clock = clock;
    }

    @Override
    public OrderRules rulesOfToday() {
        OrderPolicy policy = policies.current();
        return new OrderRules(
                policy.version(),
                Optional.of(routing.at(clock.instant()).version()),
                policy.localFirst() ? LOCAL_FIRST : Set.of());
    }

    @Override
    public void wakeOrStart(OrderView order, String about) {
        Starts.wakeOrStart(client, order.key().workflowId(), about, () -> start(order));
    }

    private void start(OrderView order) {
        OrderRules rules = order.rules().orElseGet(this::rulesOfToday);
        OrderToCashWorkflow workflow = client.newWorkflowStub(
                OrderToCashWorkflow.class,
                Starts.once(order.key().workflowId())
                        .setStaticSummary("Order " + order.key().externalId() + " of "
                                + order.key().account())
                        .setStaticDetails("Trace, effects and cases: `GET /v1/orders/" + order.id() + "/trace`")
                        .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                .set(Story.ORDER_STATUS, order.status().name())
                                .set(Story.FINANCIAL_POSTING, order.posting().name())
                                .set(Story.SALES_CHANNEL, order.key().account().value())
                                .build())
                        .build());
        OrderInput input = new OrderInput(
                order.id(),
                accounts.get(order.key().account()).system().taskQueue(),
                rules.policyVersion(),
                rules.localQueues());
        WorkflowClient.start(workflow::run, input);
    }

    @Override
    public void stalled(String workflowId, String step, String about, FailureCode code, CaseId caseId) {
        try {
            client.newUntypedWorkflowStub(workflowId).signal("stalled", step, about, code, caseId.value());
        } catch (WorkflowNotFoundException gone) {
            LOG.info("{} has ended; case {} stands by itself", workflowId, caseId);
        }
    }

    @Override
    public void hurry(String workflowId) {
        WorkflowExecution execution =
                WorkflowExecution.newBuilder().setWorkflowId(workflowId).build();
        String namespace = client.getOptions().getNamespace();
        try {
            for (PendingActivityInfo pending : client.getWorkflowServiceStubs()
                    .blockingStub()
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(namespace)
                            .setExecution(execution)
                            .build())
                    .getPendingActivitiesList()) {
                // An attempt that is under way must not be reset: its answer would be refused, and the next one wait
                // for its time-out.
                if (pending.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
                        || pending.getAttempt() < 2) {
                    continue;
                }
                client.getWorkflowServiceStubs()
                        .blockingStub()
                        .resetActivity(ResetActivityRequest.newBuilder()
                                .setNamespace(namespace)
                                .setExecution(execution)
                                .setId(pending.getActivityId())
                                .build());
            }
        } catch (StatusRuntimeException notNow) {
            if (notNow.getStatus().getCode() != Status.Code.NOT_FOUND) {
                LOG.info("can't hurry {}: {}", workflowId, notNow.getStatus());
            }
        }
    }
}
