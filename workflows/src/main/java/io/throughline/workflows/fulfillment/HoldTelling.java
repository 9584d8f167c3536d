package io.throughline.workflows.fulfillment;

import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.throughline.workflows.call.CaseGate;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.call.Wakes;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Has a facility's system told that the work which it has is held, or goes on, beside everything else: neither the customer nor the books wait for a till.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class HoldTelling {
    private final String about;
    private final CaseGate gate;
    private final Wakes wakes;
    private final Supplier<StepResult> tell;

    private boolean telling;

    HoldTelling(String about, CaseGate gate, Wakes wakes, Supplier<StepResult> tell) {
        this.about = about;
        this.gate = gate;
        this.wakes = wakes;
        this.tell = tell;
    }

    /** Tells it, unless that is being done, when the facts say that there is something to tell. */
    void heed(LegState leg) {
        if (leg.holdToTell() && !telling) {
            telling = true;
            Async.procedure(this::tell);
        }
    }

    /** What is not told by then need not be: the work is done, or with nobody, which the next attempt finds. */
    void awaitEnd(BooleanSupplier notAnyMore) {
        Workflow.await(() -> !telling || notAnyMore.getAsBoolean());
    }

    private void tell() {
        gate.pass("facility.tell-hold", about, tell);
        telling = false;
        wakes.ring(about);
    }
}
