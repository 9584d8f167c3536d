package io.throughline.workflows.returns;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.returns.ReturnId;
import io.throughline.workflows.call.StepResult;

/** The steps of a return. */
@ActivityInterface(namePrefix = "return.")
public interface ReturnSteps {
    @ActivityMethod
    ReturnState look(ReturnId id);

    /** Buys the label with which the customer sends the goods, unless it is settled that they do so without one of ours. */
    @ActivityMethod
    StepResult label(ReturnId id);

    /** Gives a label back that was not used. */
    @ActivityMethod
    StepResult voidLabel(ReturnId id);

    /** Buys labels for what was not taken and goes back to the customer. */
    @ActivityMethod
    StepResult sendBack(ReturnId id);

    /** Tells the customer what goes back to them, and why. */
    @ActivityMethod
    StepResult tellSentBack(ReturnId id);

    /** Tells the customer how the goods are to be sent. */
    @ActivityMethod
    StepResult tellAuthorised(ReturnId id);

    /** Asks the channel what it has put on a shelf with the refund that somebody made there: that has come. */
    @ActivityMethod
    StepResult readShelves(ReturnId id);

    /** Tells the stock of what was inspected. */
    @ActivityMethod
    StepResult book(ReturnId id);

    /** What has not come in time is a question for a person, unless it comes meanwhile. */
    @ActivityMethod
    StepResult reviewOverdue(ReturnId id);

    @ActivityMethod
    StepResult calculate(ReturnId id);

    /** Is through once somebody else than who asked for the return has agreed, where the policy wants that. */
    @ActivityMethod
    StepResult approve(ReturnId id);

    /**
     * Does for what is taken in exchange what can be done now: asks for what the credit does not pay, hands the new order over, or gives the
     * exchange up. WAITING: for the payment, or for the end of the new order.
     */
    @ActivityMethod
    StepResult exchange(ReturnId id);

    /** Tells the customer what is to be paid for what is taken in exchange, and until when. */
    @ActivityMethod
    StepResult tellToPay(ReturnId id);

    /** Asks the channel what it would give back; what differs is a question for a person. */
    @ActivityMethod
    StepResult compare(ReturnId id);

    /** Gives the money back at the channel, unless somebody has done so there. */
    @ActivityMethod
    StepResult refund(ReturnId id);

    /** WAITING: the channel has not given it back yet. */
    @ActivityMethod
    StepResult confirm(ReturnId id);

    @ActivityMethod
    StepResult tellRefunded(ReturnId id);

    /** Tells the customer that nothing is taken back, or nothing given for it, after all. */
    @ActivityMethod
    StepResult tellRefused(ReturnId id);

    /** Posts the credit note and what was given back to the ERP, and compares the books. */
    @ActivityMethod
    StepResult post(ReturnId id);

    @ActivityMethod
    void close(ReturnId id);
}
