package io.throughline.workflows.counter;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.workflows.call.StepResult;

/** The steps of a return over a counter. */
@ActivityInterface(namePrefix = "counter.")
public interface CounterReturnSteps {
    @ActivityMethod
    CounterReturnState look(CounterReturnId id);

    /** Is through once somebody else than who took the goods has agreed, or refused. */
    @ActivityMethod
    StepResult approve(CounterReturnId id);

    /**
     * Asks the till's system to give back what it has taken, unless somebody has done so at the till; or, where no sale is known, the channel for a gift card.
     */
    @ActivityMethod
    StepResult refund(CounterReturnId id);

    /** WAITING: it has not been seen yet that it got through. */
    @ActivityMethod
    StepResult confirm(CounterReturnId id);

    /** What was not reported in time is a question for a person, unless it is meanwhile. */
    @ActivityMethod
    StepResult reviewPayout(CounterReturnId id);

    @ActivityMethod
    void close(CounterReturnId id);
}
