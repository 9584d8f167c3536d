package io.throughline.worker.inbox;

import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributes;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.policy.OrderRules;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.counter.CounterReturnInput;
import io.throughline.workflows.counter.CounterReturnWorkflow;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The running processes of returns over counters in Temporal. */
public final class CounterReturnRuns implements CounterReturnProcesses {
    private final WorkflowClient client;
    private final Accounts accounts;
    private final Facilities facilities;
    private final Supplier<OrderRules> rulesOfToday;
    private final Consumer<String> hurry;

    /** {@code hurry} makes a retry that is waiting out its delay begin at once. */
    public CounterReturnRuns(
            WorkflowClient client,
            Accounts accounts,
            Facilities facilities,
            Supplier<OrderRules> rulesOfToday,
            Consumer<String> hurry) {
        this.client = client;
        this.accounts = accounts;
        this.facilities = facilities;
        this.rulesOfToday = rulesOfToday;
        this.hurry = hurry;
    }

    @Override
    public void wakeOrStart(CounterReturn returned, String about) {
        String workflowId = returned.id().workflowId();
        if (Starts.wakeOrStart(client, workflowId, about, () -> start(returned, workflowId))) {
            hurry.accept(workflowId);
        }
    }

    private void start(CounterReturn returned, String workflowId) {
        AccountId asked = returned.unreceipted()
                .map(Origin.Unreceipted::creditBy)
                .orElseGet(() -> facilities.get(returned.store()).workAccount());
        CounterReturnWorkflow workflow = client.newWorkflowStub(
                CounterReturnWorkflow.class,
                Starts.once(workflowId)
                        .setStaticSummary("Return " + returned.id() + " over the counter of " + returned.store()
                                + (returned.sale().isPresent() ? "" : ", without a receipt"))
                        .setStaticDetails("**Sale:** "
                                + returned.sale().map(SaleName::link).orElse("none that anybody knows")
                                + "  \n**Policy:** " + returned.policyVersion()
                                + "  \nGoods and money: `GET /v1/counter-returns/" + returned.id() + "`")
                        .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                .set(Story.FACILITIES, List.of(returned.store().value()))
                                .build())
                        .build());
        WorkflowClient.start(
                workflow::run,
                new CounterReturnInput(
                        returned.id(),
                        accounts.get(asked).system().taskQueue(),
                        rulesOfToday.get().localQueues()));
    }
}
