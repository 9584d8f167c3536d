package io.throughline.workflows.fulfillment;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.workflows.call.StepResult;

/** The steps of a reroute. What each has done is written in the reroute itself, so the process asks that afterwards. */
@ActivityInterface(namePrefix = "reroute.")
public interface RerouteSteps {
    @ActivityMethod
    RerouteState look(RerouteId id);

    /** Takes the work from its facility, unless that was quicker; called on the queue of the facility's system. */
    @ActivityMethod
    StepResult takeAway(RerouteId id);

    /**
     * Finds somebody else by the order's own policies, carries out what the customer has chosen, or does what comes next where nobody can do it.
     * WAITING: nothing can be done yet.
     */
    @ActivityMethod
    StepResult place(RerouteId id);

    /** Tells the customer what there is to choose, and until when. */
    @ActivityMethod
    StepResult tellChoices(RerouteId id);

    /** Tells the customer, once, that what was ordered waits for supply, and until when that is expected. */
    @ActivityMethod
    StepResult tellWait(RerouteId id);

    /** Tells the customer that what is waited for is promised for another day than was told last, or for none that is known. */
    @ActivityMethod
    StepResult tellMoved(RerouteId id);

    /** Has a person asked whether what is waited for so much longer than was promised is waited for all the same. */
    @ActivityMethod
    StepResult askPatience(RerouteId id);

    /** Nobody has answered in time: what the policy wants then counts as chosen. */
    @ActivityMethod
    void lapse(RerouteId id);
}
