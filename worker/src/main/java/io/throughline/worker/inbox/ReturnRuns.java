package io.throughline.worker.inbox;

import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributes;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.returns.ReturnInput;
import io.throughline.workflows.returns.ReturnWorkflow;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The running processes of returns in Temporal. */
public final class ReturnRuns implements ReturnProcesses {
    private final WorkflowClient client;
    private final Accounts accounts;
    private final Orders orders;
    private final Supplier<OrderRules> rulesOfToday;
    private final Consumer<String> hurry;

    /** {@code hurry} makes a retry that is waiting out its delay begin at once. */
    public ReturnRuns(
            WorkflowClient client,
            Accounts accounts,
            Orders orders,
            Supplier<OrderRules> rulesOfToday,
            Consumer<String> hurry) {
        this.client = client;
        this.accounts = accounts;
        this.orders = orders;
        this.rulesOfToday = rulesOfToday;
        this.hurry = hurry;
    }

    @Override
    public void wakeOrStart(Return returned, String about) {
        String workflowId = returned.id().workflowId(returned.order().account());
        if (Starts.wakeOrStart(client, workflowId, about, () -> start(returned, workflowId))) {
            hurry.accept(workflowId);
        }
    }

    private void start(Return returned, String workflowId) {
        AccountId account = returned.order().account();
        ReturnWorkflow workflow = client.newWorkflowStub(
                ReturnWorkflow.class,
                Starts.once(workflowId)
                        .setStaticSummary("Return " + returned.id() + " (" + words(returned) + ") of order "
                                + returned.order().externalId() + " of " + account)
                        .setStaticDetails(details(returned))
                        .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                .set(Story.SALES_CHANNEL, account.value())
                                .set(Story.FINANCIAL_POSTING, PostingStatus.PENDING.name())
                                .build())
                        .build());
        OrderRules rules =
                orders.view(returned.id().order()).flatMap(OrderView::rules).orElseGet(rulesOfToday);
        WorkflowClient.start(
                workflow::run,
                new ReturnInput(
                        returned.id(),
                        returned.to() instanceof ReturnedTo.ByMail,
                        accounts.get(account).system().taskQueue(),
                        rules.localQueues(),
                        returned.fromCustomer().isPresent()));
    }

    /** Of which kind it is, and how it comes. */
    private static String words(Return returned) {
        String kind = returned.cause().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return kind
                + switch (returned.to()) {
                    case ReturnedTo.ByMail mail -> ", by mail";
                    case ReturnedTo.InStore in -> ", in " + in.store();
                    case ReturnedTo.ByCarrier carrier -> ", by its carrier";
                    case ReturnedTo.Never nothing -> ", no goods";
                };
    }

    private static String details(Return returned) {
        String units = returned.lines().stream()
                .map(line -> line.authorised() + " × " + line.sku() + ", " + line.reason())
                .collect(Collectors.joining("; "));
        return (units.isEmpty() ? "" : "**Comes back:** " + units + "  \n")
                + "**Policy:** " + returned.policyVersion() + (returned.refundFirst() ? ", money first" : "") + "  \n"
                + "Goods, money and documents: `GET /v1/returns/" + returned.id() + "`";
    }
}
