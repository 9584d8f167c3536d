package io.throughline.domain.availability;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ChannelRules;
import java.time.Clock;

/** What channels may sell by the stock policy in force. An account that it names as no channel, such as the tills', is not limited. */
public final class PolicyChannels implements ChannelRules {
    private final StockPolicies policies;
    private final ServingRules rules;
    private final Clock clock;

    public PolicyChannels(StockPolicies policies, Facilities facilities, Clock clock) {
        this.policies = policies;
        this.rules = new ServingRules(policies, facilities);
        this.clock = clock;
    }

    @Override
    public boolean sells(AccountId channel, FacilityId facility, Sku sku) {
        return sends(channel, facility, sku) || may(channel, facility, DeliveryMethod.PICKUP, sku);
    }

    @Override
    public boolean sends(AccountId channel, FacilityId facility, Sku sku) {
        return may(channel, facility, DeliveryMethod.SHIPPING, sku);
    }

    private boolean may(AccountId channel, FacilityId facility, DeliveryMethod method, Sku sku) {
        Serving serving = rules.at(clock.instant());
        return !serving.names(channel) || serving.may(channel, facility, method, sku);
    }

    @Override
    public int threshold(AccountId channel, Sku sku) {
        return policies.at(clock.instant()).threshold(channel, sku);
    }
}
