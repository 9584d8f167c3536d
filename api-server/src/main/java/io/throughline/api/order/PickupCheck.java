package io.throughline.api.order;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.NewPromises;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses a new order that is to be collected where nothing of the kind is offered just now. What a basket keeps there was promised before, and stays so.
 */
final class PickupCheck {
    private final NewPromises promises;
    private final Baskets baskets;
    private final Bundles bundles;

    PickupCheck(NewPromises promises, Baskets baskets, Bundles bundles) {
        this.promises = promises;
        this.baskets = baskets;
        this.bundles = bundles;
    }

    void require(SubmittedOrder submitted) {
        for (Delivery delivery : submitted.order().deliveries()) {
            Optional<FacilityId> store = delivery.facility()
                    .filter(chosen ->
                            delivery.method() == DeliveryMethod.PICKUP && !isKept(submitted, chosen, delivery));
            store.ifPresent(chosen -> {
                requireHandover(submitted.order(), chosen, delivery);
                requireOpen(chosen);
            });
        }
    }

    private boolean isKept(SubmittedOrder submitted, FacilityId store, Delivery delivery) {
        return submitted
                .basket()
                .flatMap(baskets::find)
                .filter(basket -> basket.state() == Basket.State.HELD
                        && basket.order().isEmpty()
                        && basket.places().equals(Set.of(store)))
                .filter(basket -> keeps(basket, delivery))
                .isPresent();
    }

    private boolean keeps(Basket basket, Delivery delivery) {
        Map<Sku, Integer> rest = new HashMap<>();
        basket.reserved().forEach(line -> rest.merge(line.sku(), line.quantity(), Integer::sum));
        basket.waiting().forEach(line -> rest.merge(line.sku(), line.units(), Integer::sum));
        LineQuantity.goods(delivery.lines(), bundles)
                .forEach(part -> rest.merge(part.sku(), -part.quantity(), Integer::sum));
        return rest.values().stream().allMatch(units -> units >= 0);
    }

    private void requireHandover(Order order, FacilityId store, Delivery delivery) {
        AccountId channel = order.key().account();
        List<String> ids = delivery.lines().stream()
                .filter(line -> !promises.allows(channel, Optional.of(store), line.sku()))
                .map(LineQuantity::lineId)
                .toList();
        Findings findings = new Findings();
        for (int at = 0; at < order.lines().size(); at++) {
            findings.require(
                    !ids.contains(order.lines().get(at).id()),
                    "/lines/" + at + "/sku",
                    "not handed over at " + store + " (" + promises.policy()
                            + "): have it shipped, or collected at another store");
        }
        findings.throwIfAny("The order");
    }

    private void requireOpen(FacilityId store) {
        Optional<Pause> pause = promises.pauseOf(store);
        if (pause.isPresent()) {
            throw new ProblemException(ProblemType.CONFLICT, closed(store, pause.get()));
        }
    }

    private static String closed(FacilityId store, Pause pause) {
        return "Nothing is promised for collection at " + store + " while it is paused"
                + pause.until().map(until -> ", until " + until).orElse("")
                + ": have it shipped, or collected at another store.";
    }
}
