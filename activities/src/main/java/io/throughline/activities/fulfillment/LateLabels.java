package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Passage;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.ParcelId;
import io.throughline.domain.fulfillment.ParcelReference;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnParcelId;
import io.throughline.domain.returns.Returns;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks for labels at carriers that were passed over in their silence: what one has sold after all is given back, and nobody has to look for it any
 * more. Whose parcel may still be labelled there is let be. Each look may be repeated, and be taken by several processes.
 */
public final class LateLabels {
    private static final int MOST_AT_ONCE = 50;

    /** A call that was let go so long ago is not on its way any more: what the carrier does not know by then, it has not sold. */
    private static final Duration NOTHING_COMES_AFTER = Duration.ofHours(1);

    private final EffectLedger ledger;
    private final Steps steps;
    private final Orders orders;
    private final Carrier carrier;
    private final Parcels parcels;
    private final Returns returns;
    private final SystemGate gate;
    private final LabelSellers sellers;
    private final Clock clock;

    public LateLabels(
            Effects effects,
            EffectLedger ledger,
            Steps steps,
            Orders orders,
            Carrier carrier,
            Parcels parcels,
            Returns returns,
            SystemGate gate,
            Clock clock) {
        this.ledger = ledger;
        this.steps = steps;
        this.orders = orders;
        this.carrier = carrier;
        this.parcels = parcels;
        this.returns = returns;
        this.gate = gate;
        this.clock = clock;
        this.sellers = new LabelSellers(steps, effects, carrier, clock);
    }

    /** As long as it does not answer, this fails. */
    public void look(AccountId seller) {
        for (Effect effect : ledger.unclear(seller, LabelSellers.LABEL, MOST_AT_ONCE)) {
            Asked asked = asked(effect.key().subject());
            if (!asked.stillWanted()) {
                look(seller, asked, effect);
            }
        }
    }

    /** Whose label it was to be. */
    private record Asked(ParcelReference parcel, PostingSubject owner, AccountId channel, boolean stillWanted) {}

    private Asked asked(String parcel) {
        return ReturnParcelId.find(parcel).map(this::ofReturn).orElseGet(() -> ofOrder(new ParcelId(parcel)));
    }

    private Asked ofOrder(ParcelId parcel) {
        OrderId id = parcel.work().order();
        OrderView order =
                orders.view(id).orElseThrow(() -> new IllegalStateException("no order " + id + " of " + parcel));
        boolean wanted = parcels.ofWork(parcel.work()).stream()
                .anyMatch(one -> one.id().equals(parcel) && one.status() == ParcelStatus.TO_BE_LABELLED);
        return new Asked(parcel, id, order.key().account(), wanted);
    }

    private Asked ofReturn(ReturnParcelId parcel) {
        Return returned =
                returns.find(parcel.returned()).orElseThrow(() -> new IllegalStateException("no return of " + parcel));
        boolean wanted = returned.parcels().stream().anyMatch(one -> one.id().equals(parcel) && one.isToBeLabelled());
        return new Asked(parcel, returned.id(), returned.order().account(), wanted);
    }

    private void look(AccountId seller, Asked asked, Effect effect) {
        Optional<Receipt> sold = Passage.once(gate, seller, () -> carrier.findLabel(seller, asked.parcel()));
        if (sold.isPresent()) {
            String number = sold.get().reference();
            clarified(effect, asked, giveBack(seller, asked, number));
        } else if (!clock.instant().isBefore(effect.changedAt().plus(NOTHING_COMES_AFTER))) {
            clarified(effect, asked, seller + " answers, and has sold no label for " + asked.parcel());
        }
    }

    private String giveBack(AccountId seller, Asked asked, String number) {
        return seller + " had sold " + number + " after all, "
                + (sellers.giveBack(asked.owner(), asked.channel(), seller, asked.parcel(), number)
                        ? "which was given back"
                        : "and does not take it back");
    }

    private void clarified(Effect effect, Asked asked, String outcome) {
        steps.relieve(
                LabelSellers.unclear(
                        asked.owner(), asked.channel(), effect.key().account(), asked.parcel()),
                outcome);
        ledger.clarified(effect.key(), outcome);
    }
}
