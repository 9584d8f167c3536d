package io.throughline.activities.counter;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.GiftCards;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.TillRefunds.Standing;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Decision;
import io.throughline.workflows.call.StepResult;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Where no sale is known, a gift card of the channel is given once in place of money, and looked at until it is there. */
public final class GiftCardPayback implements Payback {
    private static final String CARD = "gift-card";

    private final Effects effects;
    private final CounterReturns returns;
    private final GiftCards cards;
    private final Accounts accounts;
    private final String byHand;
    private final Clock clock;

    /** {@code byHand} is what the books know credit as that a store gives in place of a card which the channel did not give. */
    public GiftCardPayback(
            Effects effects, CounterReturns returns, GiftCards cards, Accounts accounts, String byHand, Clock clock) {
        this.effects = effects;
        this.returns = returns;
        this.cards = cards;
        this.accounts = accounts;
        this.byHand = byHand;
        this.clock = clock;
    }

    @Override
    public AccountId asked(CounterReturn returned) {
        return returned.unreceipted()
                .map(Origin.Unreceipted::creditBy)
                .orElseThrow(() -> new IllegalStateException(returned.id() + " is of a sale, which gives no credit"));
    }

    @Override
    public Reply refund(CounterReturn returned, Optional<Decision> decision, BiConsumer<CounterReturn, Part> twice) {
        List<Part> open = returned.parts().stream()
                .filter(part -> part.isOpen(Way.SYSTEM))
                .toList();
        for (Part part : open) {
            GiftCards.Claim claim = claim(returned, part);
            Reply reply = effects.carryOut(
                    Effects.Intent.of(claim.account(), returned.id().value(), CARD, Integer.toString(part.number()))
                            .asking(claim.asked())
                            .foundBy(() -> cards.find(claim))
                            .doneBy(key -> cards.give(claim, key)),
                    decision);
            if (!(reply instanceof Reply.Done(Receipt receipt))) {
                return reply;
            }
            Given given = new Given(receipt.reference(), true, "a gift card", clock.instant());
            if (!returns.given(returned.id(), part.number(), given)) {
                twice.accept(returned, part);
            }
        }
        return Reply.done("given as a gift card");
    }

    /** A card that the channel does not show yet is on its way; one that somebody has stopped before it was seen was never given. */
    @Override
    public Steps.Taken follow(CounterReturn returned) {
        boolean through = true;
        Optional<Reply> failure = Optional.empty();
        for (Part part : returned.parts()) {
            Optional<Standing> standing = standing(returned, part);
            if (standing.isPresent()) {
                switch (standing.get()) {
                    case THROUGH -> returns.confirmed(returned.id(), part.number());
                    case PENDING -> through = false;
                    case FAILED -> failure = failure.or(() -> Optional.of(stopped(returned, part)));
                }
            }
        }
        if (failure.isPresent()) {
            return new Steps.Taken(failure.get());
        }
        return through
                ? new Steps.Taken(Reply.done("the card is there"))
                : new Steps.Taken(Reply.done("the card is on its way"), StepResult.waiting());
    }

    private static Reply stopped(CounterReturn returned, Part part) {
        return Reply.refused(
                FailureCode.REFUND_MISSING,
                "the gift card " + part.given().map(Given::reference).orElse("") + " of " + returned.id()
                        + " was stopped before it was seen to be there");
    }

    /** In place of a card that was stopped the store gives credit by hand. */
    @Override
    public Reply payOutFailed(CounterReturn returned) {
        returned.parts().stream()
                .filter(part ->
                        standing(returned, part).filter(Standing.FAILED::equals).isPresent())
                .forEach(part -> payOutInstead(returned.id(), part));
        return Reply.done("credit is given by hand for what was stopped");
    }

    /** Empty: no card was given, or it was seen before. */
    private Optional<Standing> standing(CounterReturn returned, Part part) {
        return part.given()
                .filter(one -> part.way() == Way.SYSTEM && !part.confirmed())
                .map(given -> standing(returned, part, given));
    }

    /** Where nothing is sent, nobody will tell of it. */
    private Standing standing(CounterReturn returned, Part part, Given given) {
        GiftCards.Claim claim = claim(returned, part);
        return accounts.get(claim.account()).isLive() ? cards.standing(claim, given.reference()) : Standing.THROUGH;
    }

    @Override
    public void payOutInstead(CounterReturnId id, Part part) {
        returns.payOutInstead(id, part.number(), byHand);
    }

    private GiftCards.Claim claim(CounterReturn returned, Part part) {
        return new GiftCards.Claim(asked(returned), returned.reference(part), part.amount());
    }
}
