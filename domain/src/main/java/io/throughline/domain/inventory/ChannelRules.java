package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;

/** What of the stock a channel may sell, by the policy in force just now; of a bundle it is asked by the bundle's own SKU. */
public interface ChannelRules {
    /** Whether it may sell what lies there at all: for that to be sent from there, or to be collected. */
    boolean sells(AccountId channel, FacilityId facility, Sku sku);

    /** Whether what lies there may be sent: of that the threshold is kept back. */
    boolean sends(AccountId channel, FacilityId facility, Sku sku);

    /** Units of the whole network that the channel is not offered. */
    int threshold(AccountId channel, Sku sku);

    /** Every channel may sell everything. */
    static ChannelRules none() {
        return new ChannelRules() {
            @Override
            public boolean sells(AccountId channel, FacilityId facility, Sku sku) {
                return true;
            }

            @Override
            public boolean sends(AccountId channel, FacilityId facility, Sku sku) {
                return true;
            }

            @Override
            public int threshold(AccountId channel, Sku sku) {
                return 0;
            }
        };
    }
}
