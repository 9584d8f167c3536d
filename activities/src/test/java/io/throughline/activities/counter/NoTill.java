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
import java.util.Optional;

/** Where no sale is known, no till has anything to give back. */
final class NoTill implements Payback {
    @Override
    public AccountId asked(CounterReturn returned) {
        throw new AssertionError("asked a till of " + returned.id());
    }

    @Override
    public Reply refund(CounterReturn returned, Part part, Answers answers, Optional<Decision> decision) {
        throw new AssertionError("asked a till for a refund of " + returned.id());
    }

    @Override
    public Given given(Receipt receipt) {
        throw new AssertionError("told that a till has given: " + receipt);
    }

    @Override
    public Standing standing(CounterReturn returned, Part part, Given given) {
        throw new AssertionError("asked a till what became of " + returned.id());
    }

    @Override
    public String failed(CounterReturn returned, Given given) {
        throw new AssertionError("told that a till has failed to give: " + returned.id());
    }

    @Override
    public void payOutInstead(CounterReturnId id, Part part) {
        throw new AssertionError("paid out in place of a till: " + id);
    }
}
