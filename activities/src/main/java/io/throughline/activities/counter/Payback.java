package io.throughline.activities.counter;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.TillRefunds.Standing;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.intervention.Decision;
import java.util.List;
import java.util.Optional;

/** How a system gives what a return over a counter is worth: each part once, and followed until it got through. */
public interface Payback {
    /** Whose system is asked. */
    AccountId asked(CounterReturn returned);

    /** A refund that somebody has made of which nobody but a person can tell whether it is of this part, and the question that asks so. */
    record Unclear(String refund, Reply.Refused question) {}

    /** What is to be asked before the money of a part is given. */
    default List<Unclear> unclear(CounterReturn returned, Part part) {
        return List.of();
    }

    /** Whether ours was, or may have been, asked for: nobody is asked any more, and what was answered before still holds. */
    default boolean wasTried(CounterReturn returned, Part part) {
        return false;
    }

    /** What people have said about refunds that somebody has made. It holds whatever becomes of the other goods of the sale since. */
    interface Answers {
        /** It is of this part. */
        boolean isOwn(Unclear refund);

        /** It is for other goods. */
        boolean isForOthers(Unclear refund);
    }

    /** Gives a part that is still to be given, unless it was given already by a refund that is its own. */
    Reply refund(CounterReturn returned, Part part, Answers answers, Optional<Decision> decision);

    /** What was given, by the receipt of it. */
    Given given(Receipt receipt);

    /** What became of a part that was given, as the system tells it now. Where nothing is sent, nobody will tell of it: it got through. */
    Standing standing(CounterReturn returned, Part part, Given given);

    /** In words, what has failed. */
    String failed(CounterReturn returned, Given given);

    /** The system does not give a part: the store does, in what is left to it. */
    void payOutInstead(CounterReturnId id, Part part);
}
