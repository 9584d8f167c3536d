package io.throughline.workflows.counter;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.throughline.domain.counter.CounterReturn.Stage;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.GatedProcess;
import io.throughline.workflows.call.StepResult;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * What becomes of the money of a return over a counter, whose goods are there and looked at: it is approved where it is much, given back by the till's system, and
 * what is paid out at the counter is waited for until the store has reported it. Where no sale is known, a channel gives credit in the till's place. Stock and
 * books were told with the return itself.
 *
 * <p>PostgreSQL holds the facts, and which step comes next follows from them. A signal only says that there are new ones, so a run that is reset to any
 * point, or started again, goes the same way and ends the same.
 */
public final class CounterReturnWorkflowImpl extends GatedProcess implements CounterReturnWorkflow {
    private static final String RETURN = "return";

    /** The till's system tells when money has arrived; this only makes up for what it forgets to tell. */
    private static final Duration GLANCE_AT_TILL = Duration.ofHours(1);

    private final CounterReturnInput input;

    @WorkflowInit
    public CounterReturnWorkflowImpl(CounterReturnInput input) {
        super(input.id().value(), input.localQueues());
        this.input = input;
    }

    @Override
    public String run(CounterReturnInput start) {
        Stage stage = money();
        gate.through("counter.close", RETURN, this::close);
        story.tells("Money", stage.name()).tells("Payout", null).publish();
        Workflow.await(Workflow::isEveryHandlerFinished);
        return "money " + stage;
    }

    private Stage money() {
        while (true) {
            int seen = wakes.count(RETURN);
            CounterReturnState state = look();
            tell(state);
            switch (state.stage()) {
                case UNAPPROVED ->
                    takes("counter.approve", OWN_QUEUE, "needs a second person", CounterReturnSteps::approve);
                case TO_REFUND ->
                    takes("till.refund", input.tillQueue(), "give the money back", CounterReturnSteps::refund);
                case ON_ITS_WAY -> confirm(seen);
                case TO_PAY_OUT -> awaitPayout(state, seen);
                case SETTLED, REFUSED -> {
                    return state.stage();
                }
            }
        }
    }

    private void confirm(int seen) {
        StepResult.Verdict verdict =
                takes("till.confirm", input.tillQueue(), "was it given back?", CounterReturnSteps::confirm);
        if (verdict == StepResult.Verdict.WAITING) {
            wakes.awaitNews(RETURN, seen, now().plus(GLANCE_AT_TILL));
        }
    }

    private void awaitPayout(CounterReturnState state, int seen) {
        if (now().isBefore(state.reportDueAt())) {
            wakes.awaitNews(RETURN, seen, state.reportDueAt());
        } else {
            takes("counter.payout", OWN_QUEUE, "nobody has reported the payout", CounterReturnSteps::reviewPayout);
        }
    }

    private void tell(CounterReturnState state) {
        story.tells("Return", input.id().value())
                .tells("Goods", state.goods())
                .tells("Money", state.stage() + ", " + state.amount())
                .tells("Parts", state.parts())
                .tells("Payout", state.stage() == Stage.TO_PAY_OUT ? "to be reported by " + state.reportDueAt() : null)
                .publish();
    }

    private CounterReturnState look() {
        Calls<CounterReturnSteps> own = calls(OWN_QUEUE, "where does it stand?");
        return gate.through("counter.look", RETURN, () -> own.call(step -> step.look(input.id())));
    }

    private boolean close() {
        return calls(OWN_QUEUE, "close").call(step -> {
            step.close(input.id());
            return true;
        });
    }

    private StepResult.Verdict takes(
            String name,
            String queue,
            String summary,
            BiFunction<CounterReturnSteps, CounterReturnId, StepResult> step) {
        Calls<CounterReturnSteps> calls = calls(queue, summary);
        return gate.pass(name, RETURN, () -> calls.call(steps -> step.apply(steps, input.id())));
    }

    private Calls<CounterReturnSteps> calls(String queue, String summary) {
        return calls(CounterReturnSteps.class, queue, summary);
    }
}
