package io.throughline.workflows.order;

import io.temporal.workflow.Async;
import io.throughline.workflows.call.CaseGate;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.call.Wakes;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is still to come of an order of which a part is under way: it is given out as its supply comes, until nothing is left to come. The
 * order's legs are found by who looks after them.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Rest {
    private final Wakes wakes;
    private final CaseGate gate;
    private final Allotment allotment;
    private final Supplier<StepResult> step;
    private final BooleanSupplier ending;

    private boolean running;
    private boolean inStep;
    private int taken;

    Rest(
            Wakes wakes,
            Story story,
            CaseGate gate,
            Supplier<Standing> look,
            Supplier<StepResult> step,
            BooleanSupplier ending) {
        this.wakes = wakes;
        this.gate = gate;
        this.allotment = new Allotment(wakes, story, look);
        this.step = step;
        this.ending = ending;
    }

    /** Begins, unless it has begun, when the facts say that something is to come. */
    void follow(Standing standing) {
        StockStanding stock = standing.stock();
        if (stock != null && stock.follows() && !running) {
            running = true;
            Async.procedure(this::run);
        }
    }

    boolean running() {
        return running;
    }

    /** Whether a call is under way just now. */
    boolean inStep() {
        return inStep;
    }

    /** How often something may have been given out: whoever has looked before has to look again. */
    int taken() {
        return taken;
    }

    /** The order was read anew. */
    void hearAgain() {
        if (running) {
            wakes.ring(Allotment.REST);
        }
    }

    private void run() {
        allotment.hear();
        allotment.take(() -> gate.pass("order.allocate-rest", Allotment.ORDER, this::take));
        running = false;
        wakes.ring(Allotment.ORDER);
    }

    private StepResult take() {
        if (ending.getAsBoolean()) {
            return StepResult.cancelled();
        }
        inStep = true;
        try {
            return step.get();
        } finally {
            inStep = false;
            taken++;
        }
    }
}
