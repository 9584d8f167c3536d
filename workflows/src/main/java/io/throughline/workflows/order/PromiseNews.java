package io.throughline.workflows.order;

import io.temporal.workflow.Async;
import io.throughline.workflows.call.CaseGate;
import io.throughline.workflows.call.StepResult;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Has the customer told when what he waits for is expected, beside everything else: neither stock nor work waits for a message. */
@SuppressWarnings("FutureReturnValueIgnored")
final class PromiseNews {
    private static final String PROMISE = "promise";

    private final CaseGate gate;
    private final Supplier<StepResult> tell;
    private final BooleanSupplier ending;

    private boolean moved;
    private boolean telling;

    PromiseNews(CaseGate gate, Supplier<StepResult> tell, BooleanSupplier ending) {
        this.gate = gate;
        this.tell = tell;
        this.ending = ending;
    }

    /** Gives the result of a step that may have found that the promise has moved. */
    StepResult heed(StepResult result) {
        moved |= result.promiseMoved();
        if (moved && !telling) {
            telling = true;
            Async.procedure(this::run);
        }
        return result;
    }

    private void run() {
        while (moved && !ending.getAsBoolean()) {
            moved = false;
            gate.pass("customer.tell", PROMISE, () -> ending.getAsBoolean() ? StepResult.cancelled() : tell.get());
        }
        telling = false;
    }
}
