package io.throughline.activities.counter;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.TillRefunds.Standing;
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

    /** What became of a part that was given, as the system tells it now. Where nothing is sent, nobody will tell of it: it got through. */
    Standing standing(CounterReturn returned, Part part, Given given);

    /** In words, what has failed. */
    String failed(CounterReturn returned, Given given);

    /** The system does not give a part: the store does, in what is left to it. */
    void payOutInstead(CounterReturnId id, Part part);
}
