package io.throughline.workflows.fulfillment;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.workflows.intervention.DecidedProcess;

/** Gives work to another facility. Its id is {@code reroute/<fulfillment order>/<number>}. */
@WorkflowInterface
public interface FulfillmentRerouteWorkflow extends DecidedProcess {
    /** Ends with how it ended, such as REROUTED. */
    @WorkflowMethod(name = "FulfillmentReroute")
    String run(RerouteInput input);

    /** Look again: {@code reroute}, a case, or {@code everything}. Harmless at any time. */
    @SignalMethod(
            name = "wake",
            description = "Look again at the stored facts. about: reroute, everything, or a case id")
    void wake(String about);

    @QueryMethod(name = "waitingFor", description = "What this reroute is waiting for, in words")
    String waitingFor();
}
