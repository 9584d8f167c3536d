package io.throughline.workflows.counter;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.workflows.intervention.DecidedProcess;

/** Takes the money of a return over a counter to its end. Its id is {@code counter-return/<return>}. */
@WorkflowInterface
public interface CounterReturnWorkflow extends DecidedProcess {
    /** Ends with how far the money came, in words. */
    @WorkflowMethod(name = "CounterReturn")
    String run(CounterReturnInput input);

    /** Look again: {@code return}, a case, or {@code everything}. Harmless at any time. */
    @SignalMethod(
            name = "wake",
            description = "Look again at the stored facts. about: return, everything, or a case id")
    void wake(String about);

    @QueryMethod(name = "waitingFor", description = "What this return is waiting for, in words")
    String waitingFor();
}
