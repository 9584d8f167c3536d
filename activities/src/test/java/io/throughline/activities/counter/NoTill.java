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

/** Where no sale is known, no till has anything to give back. */
final class NoTill implements Payback {
    @Override
    public AccountId asked(CounterReturn returned) {
        throw new AssertionError("asked a till of " + returned.id());
    }

    @Override
    public Reply refund(CounterReturn returned, Optional<Decision> decision, BiConsumer<CounterReturn, Part> twice) {
        throw new AssertionError("asked a till for a refund of " + returned.id());
    }

    @Override
    public Steps.Taken follow(CounterReturn returned) {
        throw new AssertionError("asked a till what became of " + returned.id());
    }

    @Override
    public Reply payOutFailed(CounterReturn returned) {
        throw new AssertionError("paid out what a till has not failed to give: " + returned.id());
    }

    @Override
    public void payOutInstead(CounterReturnId id, Part part) {
        throw new AssertionError("paid out in place of a till: " + id);
    }
}
