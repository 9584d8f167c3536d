package io.throughline.domain.availability;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ChannelRules;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What channels may sell by the stock policy in force. An account that it names as no channel, such as the tills', is not limited. */
public final class PolicyChannels implements ChannelRules {
    private final StockPolicies policies;
    private final Facilities facilities;
    private final Clock clock;

    public PolicyChannels(StockPolicies policies, Facilities facilities, Clock clock) {
        this.policies = policies;
        this.facilities = facilities;
        this.clock = clock;
    }

    @Override
    public boolean sells(AccountId channel, FacilityId facility, Sku sku) {
        return isAllowed(
                channel,
                facility,
                policy -> does(facility, DeliveryMethod.SHIPPING, policy.ships(facility, sku))
                        || does(facility, DeliveryMethod.PICKUP, policy.handsOver(facility, sku)));
    }

    @Override
    public boolean sends(AccountId channel, FacilityId facility, Sku sku) {
        return isAllowed(
                channel, facility, policy -> does(facility, DeliveryMethod.SHIPPING, policy.ships(facility, sku)));
    }

    private boolean isAllowed(AccountId channel, FacilityId facility, Predicate<StockPolicy> switches) {
        StockPolicy policy = policies.at(clock.instant());
        Optional<Set<FacilityId>> allowed =
                Optional.ofNullable(policy.channels().get(channel));
        return allowed.map(places -> places.contains(facility) && switches.test(policy))
                .orElse(true);
    }

    private boolean does(FacilityId facility, DeliveryMethod method, boolean switchedOn) {
        return switchedOn && facilities.get(facility).methods().contains(method);
    }

    @Override
    public int threshold(AccountId channel, Sku sku) {
        return policies.at(clock.instant()).threshold(channel, sku);
    }
}
