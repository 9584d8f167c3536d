package io.throughline.activities.counter;

import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.intervention.Decision;
import java.util.Optional;
import java.util.function.BiConsumer;

/** How a system gives what a return over a counter is worth: each part once, and followed until it got through. */
public interface Payback {
    /** Whose system is asked. */
    AccountId asked(CounterReturn returned);

    /** What nobody but a person can tell before money is given: whether somebody has given it already. Empty: that is certain. */
    default Optional<Reply.Refused> unclear(CounterReturn returned) {
        return Optional.empty();
    }

    /** A person says that somebody has given it already: what is found there is this return's. */
    default void takeForItsOwn(CounterReturn returned) {}

    /** Gives what is still to be given. {@code twice} hears of what somebody else has given while we did. */
    Reply refund(CounterReturn returned, Optional<Decision> decision, BiConsumer<CounterReturn, Part> twice);

    /** What became of what was given, as the system tells it now: every part is looked at, also where another has failed. */
    Steps.Taken follow(CounterReturn returned);

    /** Somebody bears that something has failed: the store gives that, and nothing of what is on its way or got through. */
    Reply payOutFailed(CounterReturn returned);

    /** The system does not give a part: the store does, in what is left to it. */
    void payOutInstead(CounterReturnId id, Part part);
}
