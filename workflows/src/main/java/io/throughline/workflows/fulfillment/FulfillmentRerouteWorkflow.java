package io.throughline.workflows.fulfillment;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** Gives work to another facility. Its id is {@code reroute/<fulfillment order>/<number>}. */
@WorkflowInterface
public interface FulfillmentRerouteWorkflow {
    /** Ends with how it ended, such as REROUTED. */
    @WorkflowMethod(name = "FulfillmentReroute")
    String run(RerouteInput input);

    /** Look again: {@code reroute}, a case, or {@code everything}. Harmless at any time. */
    @SignalMethod(
            name = "wake",
            description = "Look again at the stored facts. about: reroute, everything, or a case id")
    void wake(String about);

    /** A step has been failing for a while: shown to operators until it is through. Sent by the step itself. */
    @SignalMethod(name = "stalled", description = "For Throughline's own use")
    void stalled(String step, String about, FailureCode code, String caseId);

    /** As of an order's case, which those of a reroute are: {@code C-1042 RETRY}. */
    @UpdateMethod(name = "decide", description = "Decide a case, e.g. \"C-1042 RETRY\"")
    String decide(String caseId, @Nullable String action);

    @UpdateValidatorMethod(updateName = "decide")
    void checkDecision(String caseId, @Nullable String action);

    @SignalMethod(name = "propose", description = "Decide a case, or propose to, e.g. \"C-1042 RETRY\"")
    void propose(@Nullable String caseId, @Nullable String action);

    @QueryMethod(name = "waitingFor", description = "What this reroute is waiting for, in words")
    String waitingFor();
}
