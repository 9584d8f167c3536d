package io.throughline.workflows.returns;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.workflows.intervention.DecidedProcess;

/** Takes a return from its authorisation to its end. Its id is {@code return/<account>/<return>}. */
@WorkflowInterface
public interface ReturnWorkflow extends DecidedProcess {
    /** Ends with how far goods and money came, in words. */
    @WorkflowMethod(name = "Return")
    String run(ReturnInput input);

    /** Look again: {@code return}, a case, or {@code everything}. Harmless at any time. */
    @SignalMethod(
            name = "wake",
            description = "Look again at the stored facts. about: return, everything, or a case id")
    void wake(String about);

    @QueryMethod(name = "waitingFor", description = "What this return is waiting for, in words")
    String waitingFor();
}
