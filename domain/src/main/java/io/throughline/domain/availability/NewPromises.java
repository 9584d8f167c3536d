package io.throughline.domain.availability;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From where goods may come that are promised just now: from whoever may do it by the policy in force, and is not paused. What a basket or an order was
 * promised before stays promised. {@code store} is where a customer collects; empty: it is sent to him.
 */
public final class NewPromises {
    private final ServingRules rules;
    private final FacilityPauses pauses;
    private final Clock clock;

    public NewPromises(ServingRules rules, FacilityPauses pauses, Clock clock) {
        this.rules = rules;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** By which each line is reserved from where it may come. */
    public Terms terms(
            AccountId channel, Optional<FacilityId> store, List<LineQuantity> needs, Terms.OnShortage onShortage) {
        Set<FacilityId> paused = pauses.paused();
        Map<String, Set<FacilityId>> places = new HashMap<>();
        for (LineQuantity line : needs) {
            places.put(
                    line.lineId(),
                    places(channel, store, line.sku()).stream()
                            .filter(facility -> !paused.contains(facility))
                            .collect(Collectors.toSet()));
        }
        return Terms.ofLines(places, onShortage);
    }

    /** Whether the policy lets it come from anywhere, however much is there and whoever is paused. */
    public boolean allows(AccountId channel, Optional<FacilityId> store, Sku sku) {
        return !places(channel, store, sku).isEmpty();
    }

    private Set<FacilityId> places(AccountId channel, Optional<FacilityId> store, Sku sku) {
        Serving today = rules.at(clock.instant());
        if (store.isEmpty()) {
            return today.places(channel, DeliveryMethod.SHIPPING, sku);
        }
        return today.may(channel, store.get(), DeliveryMethod.PICKUP, sku) ? Set.of(store.get()) : Set.of();
    }

    public Optional<Pause> pauseOf(FacilityId facility) {
        return pauses.of(facility);
    }

    /** Which version of the policy says so. */
    public String policy() {
        return rules.at(clock.instant()).version();
    }
}
