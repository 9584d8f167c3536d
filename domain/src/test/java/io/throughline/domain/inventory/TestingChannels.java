package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What channels may sell, as a test says. */
public final class TestingChannels implements ChannelRules {
    /** Where nothing may be sold at all. */
    public final Set<FacilityId> closed = new HashSet<>();

    /** From where nothing is sent, though it may be collected. */
    public final Set<FacilityId> onlyCollected = new HashSet<>();

    public final Map<Sku, Integer> thresholds = new HashMap<>();

    @Override
    public boolean sells(AccountId channel, FacilityId facility, Sku sku) {
        return !closed.contains(facility);
    }

    @Override
    public boolean sends(AccountId channel, FacilityId facility, Sku sku) {
        return sells(channel, facility, sku) && !onlyCollected.contains(facility);
    }

    @Override
    public int threshold(AccountId channel, Sku sku) {
        return thresholds.getOrDefault(sku, 0);
    }
}
