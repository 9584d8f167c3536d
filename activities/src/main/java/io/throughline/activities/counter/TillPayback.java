package io.throughline.activities.counter;

import io.throughline.activities.call.Effects;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.counter.TillRefunds;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.OrderKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The money of counter returns at the tills' system: each part is given back once, by us or by whoever has done so at a till, and followed until it got
 * through.
 */
public final class TillPayback implements Payback {
    private static final String REFUND = "till-refund";
    private static final String TILL = "the till";

    /** Of a receipt: it is of a refund that nobody has asked for through us. */
    private static final String GIVEN_BY = "givenBy";

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

    /** What somebody has given is looked for under the claim of ours, so that no other attempt asks for ours after it was found. */
    @Override
    public Reply refund(CounterReturn returned, Part part, Answers answers, Optional<Decision> decision) {
        TillRefunds.Claim claim = claim(returned, part);
        AccountId account = claim.sale().account();
        // Where nothing is sent there is no call to look before.
        Optional<Reply> found =
                accounts.get(account).isLive() ? Optional.empty() : givenMeanwhile(returned, part, claim, answers);
        return found.orElseGet(() -> effects.carryOut(
                Effects.Intent.of(account, returned.id().value(), REFUND, purpose(part))
                        .asking(claim.asked())
                        .foundBy(() -> tills.findRefund(claim))
                        .doneBy(key -> givenMeanwhile(returned, part, claim, answers)
                                .orElseGet(() -> tills.refund(claim, key))),
                decision));
    }

    @Override
    public Given given(Receipt receipt) {
        boolean ours = !receipt.details().containsKey(GIVEN_BY);
        return new Given(receipt.reference(), ours, ours ? "the till's system" : TILL, clock.instant());
    }

    /** What the till has told, or has given and nobody else has taken for theirs: that is this part's from now on. */
    private Optional<Reply> givenMeanwhile(
            CounterReturn returned, Part part, TillRefunds.Claim claim, Answers answers) {
        for (String refund : itsOwn(returned, part, claim, answers)) {
            if (returns.given(returned.id(), part.number(), new Given(refund, false, TILL, clock.instant()))) {
                break;
            }
        }
        return returns.find(returned.id()).stream()
                .flatMap(now -> now.parts().stream())
                .filter(now -> now.number() == part.number())
                .flatMap(now -> now.given().stream())
                .findFirst()
                .map(given -> Reply.done(new Receipt(given.reference(), Map.of(GIVEN_BY, given.by()))));
    }

    /**
     * What somebody has said to be of this part comes first. What nobody was asked about is its own where nothing else of the sale is left that it could be for;
     * what was said to be for other goods is not, though these have come back since.
     */
    private List<String> itsOwn(CounterReturn returned, Part part, TillRefunds.Claim claim, Answers answers) {
        List<Unclear> made = made(returned, part, claim);
        // The till may tell of its goods before ours is given.
        made.stream().filter(answers::isForOthers).forEach(refund -> returns.forOthers(returned.id(), refund.refund()));
        Stream<Unclear> unasked = mayBeForOthers(returned)
                ? Stream.empty()
                : made.stream().filter(refund -> !answers.isOwn(refund) && !answers.isForOthers(refund));
        return Stream.concat(made.stream().filter(answers::isOwn), unasked)
                .map(Unclear::refund)
                .toList();
    }

    private List<Unclear> made(CounterReturn returned, Part part, TillRefunds.Claim claim) {
        return tills.madeElsewhere(claim, returned.takenAt()).stream()
                .map(refund -> new Unclear(refund, question(returned, part, refund)))
                .toList();
    }

    /** A till tells of a refund which payment it is of, but not for which goods: as long as others of the sale are with the customer, it may be for those. */
    private boolean mayBeForOthers(CounterReturn returned) {
        return returned.sale()
                .flatMap(returns::history)
                .filter(history -> history.hasOthers(back -> back.soldAt().isBefore(returned.takenAt())))
                .isPresent();
    }

    @Override
    public List<Unclear> unclear(CounterReturn returned, Part part) {
        return mayBeForOthers(returned)
                ? made(returned, part, claim(returned, part)).stream()
                        .filter(made -> !isOfAnother(returned, made.refund()))
                        .toList()
                : List.of();
    }

    private static Reply.Refused question(CounterReturn returned, Part part, String refund) {
        return new Reply.Refused(
                FailureCode.REFUND_UNCLEAR,
                "somebody has given " + part.amount() + " back at the till (" + refund + ") since " + returned.id()
                        + " was taken: for its goods, or for others of that sale");
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
    @Override
    public boolean wasTried(CounterReturn returned, Part part) {
        AccountId account = claim(returned, part).sale().account();
        return effects.mayBeThere(account, returned.id().value(), REFUND, purpose(part));
    }

    private static String purpose(Part part) {
        return Integer.toString(part.number());
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
