package io.throughline.activities.counter;

import io.throughline.activities.call.Effects;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.counter.TillRefunds;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.OrderKey;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The money of counter returns at the tills' system: each part is given back once, by us or by whoever has done so at a till, and followed until it got
 * through.
 */
public final class TillPayback implements Payback {
    private static final String REFUND = "till-refund";

    private final Effects effects;
    private final CounterReturns returns;
    private final TillRefunds tills;
    private final Accounts accounts;
    private final Facilities facilities;
    private final String cash;
    private final Clock clock;

    /** {@code cash} is what the books know coins as that are paid out in place of what the till's system did not give back. */
    public TillPayback(
            Effects effects,
            CounterReturns returns,
            TillRefunds tills,
            Accounts accounts,
            Facilities facilities,
            String cash,
            Clock clock) {
        this.effects = effects;
        this.returns = returns;
        this.tills = tills;
        this.accounts = accounts;
        this.facilities = facilities;
        this.cash = cash;
        this.clock = clock;
    }

    @Override
    public AccountId asked(CounterReturn returned) {
        return facilities.get(returned.store()).workAccount();
    }

    @Override
    public Reply refund(CounterReturn returned, Optional<Decision> decision, BiConsumer<CounterReturn, Part> twice) {
        for (Part part : returned.open(Way.SYSTEM).toList()) {
            Reply reply = refund(returned, part, decision, twice);
            if (reply instanceof Reply.Refused) {
                return reply;
            }
        }
        return Reply.done("given back by the till's system");
    }

    private Reply refund(
            CounterReturn returned, Part part, Optional<Decision> decision, BiConsumer<CounterReturn, Part> twice) {
        TillRefunds.Claim claim = claim(returned, part);
        AccountId account = claim.sale().account();
        String purpose = Integer.toString(part.number());
        // Where it may be for other goods a person was asked.
        if (!mayBeForOthers(returned) && takeForItsOwn(returned, part)) {
            return Reply.done("somebody has given it back at the till");
        }
        Reply reply = effects.carryOut(
                Effects.Intent.of(account, returned.id().value(), REFUND, purpose)
                        .asking(claim.asked())
                        .foundBy(() -> tills.findRefund(claim))
                        .doneBy(key -> tills.refund(claim, key)),
                decision);
        if (reply instanceof Reply.Done(Receipt receipt)) {
            Given given = new Given(receipt.reference(), true, "the till's system", clock.instant());
            if (!returns.given(returned.id(), part.number(), given)) {
                twice.accept(returned, part);
            }
        }
        return reply;
    }

    /** A till tells of a refund which payment it is of, but not for which goods: as long as others of the sale are with the customer, it may be for those. */
    private boolean mayBeForOthers(CounterReturn returned) {
        return returned.sale()
                .flatMap(returns::history)
                .filter(history -> history.hasOthers(back -> back.soldAt().isBefore(returned.takenAt())))
                .isPresent();
    }

    @Override
    public Optional<Reply.Refused> unclear(CounterReturn returned) {
        return mayBeForOthers(returned)
                ? returned.open(Way.SYSTEM)
                        .flatMap(part ->
                                elsewhere(returned, part).map(refund -> unclear(returned, part, refund)).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static Reply.Refused unclear(CounterReturn returned, Part part, String refund) {
        return new Reply.Refused(
                FailureCode.REFUND_UNCLEAR,
                "somebody has given " + part.amount() + " back at the till (" + refund + ") since " + returned.id()
                        + " was taken: for its goods, or for others of that sale");
    }

    @Override
    public void takeForItsOwn(CounterReturn returned) {
        returned.open(Way.SYSTEM).forEach(part -> takeForItsOwn(returned, part));
    }

    private boolean takeForItsOwn(CounterReturn returned, Part part) {
        Optional<String> found = elsewhere(returned, part);
        found.ifPresent(refund ->
                returns.given(returned.id(), part.number(), new Given(refund, false, "the till", clock.instant())));
        return found.isPresent();
    }

    /** A refund that is as this one would be. Once ours was asked for, that is looked for under its own name instead. */
    private Optional<String> elsewhere(CounterReturn returned, Part part) {
        TillRefunds.Claim claim = claim(returned, part);
        return wasTried(claim.sale().account(), returned.id(), Integer.toString(part.number()))
                ? Optional.empty()
                : tills.madeElsewhere(claim, returned.takenAt()).filter(refund -> !isOfAnother(returned, refund));
    }

    /** Of two returns that are worth the same only one has it. */
    private boolean isOfAnother(CounterReturn returned, String refund) {
        return returned.sale().flatMap(returns::history).stream()
                .flatMap(history -> history.returns().stream())
                .filter(other -> !other.id().equals(returned.id()))
                .flatMap(other -> other.parts().stream())
                .flatMap(part -> part.given().stream())
                .anyMatch(given -> given.reference().equals(refund));
    }

    /** What was, or may have been, asked for is looked for under its own name. */
    private boolean wasTried(AccountId account, CounterReturnId id, String purpose) {
        return effects.find(account, id.value(), REFUND, purpose)
                .filter(EffectLedger.Effect::mayBeThere)
                .isPresent();
    }

    @Override
    public TillRefunds.Standing standing(CounterReturn returned, Part part, Given given) {
        TillRefunds.Claim claim = claim(returned, part);
        return accounts.get(claim.sale().account()).isLive()
                ? tills.standing(claim, given.reference())
                : TillRefunds.Standing.THROUGH;
    }

    @Override
    public String failed(CounterReturn returned, Given given) {
        return "the refund " + given.reference() + " of " + returned.id() + " has failed";
    }

    @Override
    public void payOutInstead(CounterReturnId id, Part part) {
        returns.payOutInstead(id, part.number(), cash);
    }

    private TillRefunds.Claim claim(CounterReturn returned, Part part) {
        OrderKey till = returned.sale()
                .flatMap(returns::history)
                .flatMap(SaleHistory::till)
                .orElseThrow(
                        () -> new IllegalStateException(returned.id() + " is of no sale that a till's system told"));
        return new TillRefunds.Claim(till, Integer.parseInt(part.payment()), part.amount(), returned.reference(part));
    }
}
