package io.throughline.workflows.order;

import io.temporal.workflow.Async;
import io.throughline.workflows.call.CaseGate;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.call.Wakes;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Has a person asked about the dispute that holds an order's work, beside everything else: the dispute may be won meanwhile. */
@SuppressWarnings("FutureReturnValueIgnored")
final class DisputeQuestion {
    private static final String ORDER = "order";

    private final CaseGate gate;
    private final Wakes wakes;
    private final Supplier<StepResult> review;
    private final BooleanSupplier ending;

    private boolean asking;

    DisputeQuestion(CaseGate gate, Wakes wakes, Supplier<StepResult> review, BooleanSupplier ending) {
        this.gate = gate;
        this.wakes = wakes;
        this.review = review;
        this.ending = ending;
    }

    /** Asks, unless that is being done, when the facts say that a dispute holds work. */
    void heed(Standing standing) {
        if (standing.disputed() && !asking) {
            asking = true;
            Async.procedure(this::ask);
        }
    }

    private void ask() {
        gate.pass("order.dispute", ORDER, () -> ending.getAsBoolean() ? StepResult.cancelled() : review.get());
        asking = false;
        wakes.ring(ORDER);
    }
}
