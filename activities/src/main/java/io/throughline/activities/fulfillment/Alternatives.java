package io.throughline.activities.fulfillment;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.policy.ReroutePolicy.Offers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a customer can be offered just now: only what could be done, and what the order's policy allows. */
final class Alternatives {
    private final Routing routing;
    private final Clock clock;

    Alternatives(Routing routing, Clock clock) {
        this.routing = routing;
        this.clock = clock;
    }

    /** Empty where there is nothing to choose. Where the default of the policy can't be had, nobody is held to it: the last choice counts. */
    Optional<Offer> of(OrderView view, Order order, Delivery left, Set<FacilityId> excluded, Offers offers) {
        List<Offer.Choice> choices = new ArrayList<>();
        if (left.method() == DeliveryMethod.PICKUP) {
            List<FacilityId> stores = offers.choices().contains(OfferChoice.OTHER_STORE)
                    ? routing.placesToCollect(view, order, left, excluded).stream()
                            .limit(offers.stores())
                            .toList()
                    : List.of();
            if (!stores.isEmpty()) {
                choices.add(new Offer.Choice(OfferChoice.OTHER_STORE, stores));
            }
            if (offers.choices().contains(OfferChoice.SHIP)
                    && order.destination().isPresent()
                    && routing.couldDo(view, order, shipped(left), excluded)) {
                choices.add(Offer.Choice.of(OfferChoice.SHIP));
            }
        }
        boolean canBeHad = left.method() != DeliveryMethod.PICKUP || !choices.isEmpty();
        if (canBeHad && offers.mayWait(left.method())) {
            choices.add(Offer.Choice.of(OfferChoice.WAIT));
        }
        if (offers.choices().contains(OfferChoice.CANCEL)) {
            choices.add(Offer.Choice.of(OfferChoice.CANCEL));
        }
        return choices.size() < 2 ? Optional.empty() : Optional.of(offer(choices, left.method(), offers));
    }

    private Offer offer(List<Offer.Choice> choices, DeliveryMethod method, Offers offers) {
        OfferChoice byDefault = choices.stream()
                .map(Offer.Choice::kind)
                .filter(kind -> kind == offers.unanswered(method))
                .findFirst()
                .orElseGet(() -> choices.getLast().kind());
        return new Offer(choices, byDefault, clock.instant().plus(offers.answerWithin()));
    }

    static Delivery shipped(Delivery left) {
        return new Delivery(DeliveryMethod.SHIPPING, Optional.empty(), left.channelWork(), left.lines());
    }

    static Delivery collectedAt(FacilityId store, Delivery left) {
        return new Delivery(DeliveryMethod.PICKUP, Optional.of(store), left.channelWork(), left.lines());
    }
}
