package io.throughline.worker.inbox;

import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributes;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.sale.StoreDayInput;
import io.throughline.workflows.sale.StoreDayWorkflow;
import java.util.List;
import java.util.function.Consumer;

/** The running processes of store days in Temporal. */
public final class StoreDayRuns implements StoreDayProcesses {
    private final WorkflowClient client;
    private final Policies policies;
    private final Consumer<String> hurry;

    /** {@code hurry} makes a retry that is waiting out its delay begin at once. */
    public StoreDayRuns(WorkflowClient client, Policies policies, Consumer<String> hurry) {
        this.client = client;
        this.policies = policies;
        this.hurry = hurry;
    }

    @Override
    public void wakeOrStart(StoreDayId day, String about) {
        if (Starts.wakeOrStart(client, day.value(), about, () -> start(day))) {
            hurry.accept(day.value());
        }
    }

    private void start(StoreDayId day) {
        StoreDayWorkflow workflow = client.newWorkflowStub(
                StoreDayWorkflow.class,
                Starts.once(day.value())
                        .setStaticSummary(day.facility() + " on " + day.date())
                        .setStaticDetails("Sales, summaries and documents: `GET /v1/stores/" + day.facility() + "/days/"
                                + day.date() + "`")
                        .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                .set(Story.FACILITIES, List.of(day.facility().value()))
                                .build())
                        .build());
        WorkflowClient.start(
                workflow::run, new StoreDayInput(day, policies.current().localFirst()));
    }
}
