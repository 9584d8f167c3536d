package io.throughline.worker.inbox;

import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributes;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.OrderRules;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.fulfillment.FulfillmentRerouteWorkflow;
import io.throughline.workflows.fulfillment.RerouteInput;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The running processes of reroutes in Temporal. */
public final class RerouteRuns implements RerouteProcesses {
    private final WorkflowClient client;
    private final Accounts accounts;
    private final Facilities facilities;
    private final Orders orders;
    private final Supplier<OrderRules> rulesOfToday;
    private final Consumer<String> hurry;

    /** {@code hurry} makes a retry that is waiting out its delay begin at once. */
    public RerouteRuns(
            WorkflowClient client,
            Accounts accounts,
            Facilities facilities,
            Orders orders,
            Supplier<OrderRules> rulesOfToday,
            Consumer<String> hurry) {
        this.client = client;
        this.accounts = accounts;
        this.facilities = facilities;
        this.orders = orders;
        this.rulesOfToday = rulesOfToday;
        this.hurry = hurry;
    }

    @Override
    public void wakeOrStart(Reroute reroute, String about) {
        String workflowId = reroute.id().workflowId();
        if (Starts.wakeOrStart(client, workflowId, about, () -> start(reroute, workflowId))) {
            hurry.accept(workflowId);
        }
    }

    private void start(Reroute reroute, String workflowId) {
        OrderView order = orders.view(reroute.id().order()).orElseThrow();
        FulfillmentOrder work = order.fulfillmentOrders().stream()
                .filter(one -> one.id().equals(reroute.id().work()))
                .findFirst()
                .orElseThrow();
        Facility facility = facilities.get(work.facility());
        FulfillmentRerouteWorkflow workflow = client.newWorkflowStub(
                FulfillmentRerouteWorkflow.class,
                Starts.once(workflowId)
                        .setStaticSummary(
                                "Reroute of " + work.id() + " from " + work.facility() + ": " + reroute.cause())
                        .setStaticDetails("Order " + order.key().externalId() + " of "
                                + order.key().account() + ", process `"
                                + order.key().workflowId()
                                + "`; trace: `GET /v1/orders/" + order.id() + "/trace`")
                        .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                .set(Story.SALES_CHANNEL, order.key().account().value())
                                .set(Story.FACILITIES, List.of(work.facility().value()))
                                .build())
                        .build());
        WorkflowClient.start(
                workflow::run,
                new RerouteInput(
                        reroute.id(),
                        accounts.get(facility.workAccount()).system().taskQueue(),
                        order.rules().orElseGet(rulesOfToday).localQueues()));
    }
}
