package io.throughline.activities.counter;

import io.throughline.activities.call.Effects;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.GiftCards;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.TillRefunds.Standing;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.intervention.Decision;
import java.time.Clock;
import java.util.Optional;

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
    public Reply refund(CounterReturn returned, Part part, Answers answers, Optional<Decision> decision) {
        GiftCards.Claim claim = claim(returned, part);
        return effects.carryOut(
                Effects.Intent.of(claim.account(), returned.id().value(), CARD, Integer.toString(part.number()))
                        .asking(claim.asked())
                        .foundBy(() -> cards.find(claim))
                        .doneBy(key -> cards.give(claim, key)),
                decision);
    }

    @Override
    public Given given(Receipt receipt) {
        return new Given(receipt.reference(), true, "a gift card", clock.instant());
    }

    /** A card that the channel does not show yet is on its way; one that somebody has stopped before it was seen was never given. */
    @Override
    public Standing standing(CounterReturn returned, Part part, Given given) {
        GiftCards.Claim claim = claim(returned, part);
        return accounts.get(claim.account()).isLive() ? cards.standing(claim, given.reference()) : Standing.THROUGH;
    }

    @Override
    public String failed(CounterReturn returned, Given given) {
        return "the gift card " + given.reference() + " of " + returned.id()
                + " was stopped before it was seen to be there";
    }

    /** In place of a card that was not given, or was stopped, the store gives credit by hand. */
    @Override
    public void payOutInstead(CounterReturnId id, Part part) {
        returns.payOutInstead(id, part.number(), byHand);
    }

    private GiftCards.Claim claim(CounterReturn returned, Part part) {
        return new GiftCards.Claim(asked(returned), returned.reference(part), part.amount());
    }
}
