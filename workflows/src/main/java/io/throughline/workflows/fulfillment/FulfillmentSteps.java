package io.throughline.workflows.fulfillment;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.workflows.call.StepResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Steps of the work at one facility; each is called on the queue of the system that it talks to. */
@ActivityInterface(namePrefix = "fulfillment.")
public interface FulfillmentSteps {
    /** The channel's own work item shall lie at this facility. */
    @ActivityMethod
    StepResult assign(FulfillmentOrderId id);

    /** Gives the work to the facility and notes until when it should answer. WAITING: it is held. */
    @ActivityMethod
    Released release(FulfillmentOrderId id, String policyVersion);

    /** Takes in what the facility's system has to tell, if it has hinted at anything; goods that have left move the stock. */
    @ActivityMethod
    LegState observe(FulfillmentOrderId id, String policyVersion);

    /**
     * The deadline has passed, or the facility has said no: by policy the work goes elsewhere, or a case is opened and its decision carried
     * out. {@code missed} is the deadline; if the work has another one by now, there is nothing to decide any more. WAITING: the work's
     * reroute, which has a process of its own, has not ended.
     */
    @ActivityMethod
    StepResult review(FulfillmentOrderId id, String policyVersion, @Nullable Instant missed);

    /** Opens the reroute of the work, unless one is open: its own process takes the work away and finds somebody else. Always WAITING. */
    @ActivityMethod
    StepResult reroute(FulfillmentOrderId id);

    /**
     * Asks a facility whether it gives the work of an order back that is to be cancelled; its answer is a fact of the work. It may take its time.
     */
    @ActivityMethod
    StepResult askBack(FulfillmentOrderId id);

    /** Takes the work back because the order has ended. */
    @ActivityMethod
    StepResult recall(FulfillmentOrderId id);

    /**
     * Buys the labels that packed parcels still need; a person may leave that to the facility, or give the work to another one. WAITING: its
     * reroute has not ended.
     */
    @ActivityMethod
    StepResult buyLabels(FulfillmentOrderId id);

    /** Gives back the labels of work that will not be shipped. A carrier that does not take one back holds nothing up. */
    @ActivityMethod
    StepResult voidLabels(FulfillmentOrderId id);

    /** Reminds the customer of goods that lie ready, once. */
    @ActivityMethod
    StepResult remind(FulfillmentOrderId id);

    /** Tells the channel that the goods lie ready for pickup. */
    @ActivityMethod
    StepResult mirrorReady(FulfillmentOrderId id);

    /** Tells the channel that the goods have left. */
    @ActivityMethod
    StepResult mirrorHandover(FulfillmentOrderId id);

    /** Tells the facility's own system that the goods have left, where a device of the facility has told that to us. */
    @ActivityMethod
    StepResult tellFacility(FulfillmentOrderId id);

    /** Tells the facility's own system that work which it has is held, or goes on; where that can't be, a person is to call. */
    @ActivityMethod
    StepResult tellHold(FulfillmentOrderId id);

    /** Tells the customer how it stands. */
    @ActivityMethod
    StepResult tell(FulfillmentOrderId id);
}
