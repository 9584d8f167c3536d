package io.throughline.workflows.inventory;

import io.temporal.workflow.Workflow;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImport.Progress;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.Story;

/** Step by step, each some seconds long: so a worker that dies costs seconds, and the history stays small. */
public final class StockImportWorkflowImpl implements StockImportWorkflow {
    static final int STEPS_PER_RUN = 300;

    private static final String QUEUE = "orders";

    @Override
    public String run(ImportId id) {
        Calls<StockImportSteps> steps = Calls.to(StockImportSteps.class, QUEUE, false, "rows of " + id);
        Story story = new Story();
        for (int step = 0; step < STEPS_PER_RUN; step++) {
            Progress progress = steps.call(next -> next.book(id));
            story.tells("Rows", progress.toString()).publish();
            if (progress.done()) {
                return progress.toString();
            }
        }
        Workflow.continueAsNew(id);
        throw new IllegalStateException("another run goes on");
    }
}
