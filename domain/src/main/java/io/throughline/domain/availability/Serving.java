package io.throughline.domain.availability;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which facilities may do what of a SKU for a channel, by one version of the policy: those that serve the channel and deliver that way, whose stock
 * the policy leaves to the channel, and where it has not switched the SKU off. The one rule by which stock is offered, kept, promised, reserved and
 * routed. A channel that the policy does not name has the stock of all that serve it.
 */
public final class Serving {
    private final StockPolicy policy;
    private final Facilities facilities;
    private final Map<AccountId, Set<FacilityId>> named = new HashMap<>();

    public Serving(StockPolicy policy, Facilities facilities) {
        this.policy = policy;
        this.facilities = facilities;
        policy.channels().forEach((channel, allowed) -> {
            Set<FacilityId> places = new HashSet<>(serving(channel));
            places.retainAll(allowed);
            named.put(channel, Set.copyOf(places));
        });
    }

    StockPolicy policy() {
        return policy;
    }

    /** By which version of the policy it is so. */
    public String version() {
        return policy.version();
    }

    /** Whether the policy says whose stock the channel has. */
    boolean names(AccountId channel) {
        return named.containsKey(channel);
    }

    /** Whose stock the channel may sell. */
    public Set<FacilityId> places(AccountId channel) {
        return Optional.ofNullable(named.get(channel)).orElseGet(() -> serving(channel));
    }

    /** From where a SKU may come to the channel's customers in this way. */
    public Set<FacilityId> places(AccountId channel, DeliveryMethod method, Sku sku) {
        return places(channel).stream()
                .filter(facility -> does(facility, method, sku))
                .collect(Collectors.toUnmodifiableSet());
    }

    public boolean may(AccountId channel, FacilityId facility, DeliveryMethod method, Sku sku) {
        return places(channel).contains(facility) && does(facility, method, sku);
    }

    private boolean does(FacilityId facility, DeliveryMethod method, Sku sku) {
        return facilities.get(facility).methods().contains(method)
                && switch (method) {
                    case SHIPPING -> policy.ships(facility, sku);
                    case PICKUP -> policy.handsOver(facility, sku);
                    // What is carried out of a store, or is nothing to hand over, was not offered elsewhere.
                    case CARRIED_OUT, NONE -> true;
                };
    }

    private Set<FacilityId> serving(AccountId channel) {
        return facilities.all().stream()
                .filter(facility -> facility.serves().contains(channel))
                .map(Facility::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
