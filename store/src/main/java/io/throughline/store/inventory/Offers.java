package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ChannelRules;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What of shelves an account's channel may sell: nothing where its policy says so, and less of a facility that has not been heard of for long. */
final class Offers {
    private static final int ALL = 100;

    private final AccountId account;
    private final ChannelRules rules;
    private final Map<FacilityId, Integer> percents;

    private Offers(AccountId account, ChannelRules rules, Map<FacilityId, Integer> percents) {
        this.account = account;
        this.rules = rules;
        this.percents = percents;
    }

    static Offers of(Handle handle, AccountId account, ChannelRules rules) {
        return new Offers(account, rules, OfferRows.percents(handle, account));
    }

    boolean sells(FacilityId facility, Sku sku) {
        return rules.sells(account, facility, sku);
    }

    boolean sends(FacilityId facility, Sku sku) {
        return rules.sends(account, facility, sku);
    }

    int threshold(Sku sku) {
        return rules.threshold(account, sku);
    }

    /** Of so many units, rounded down as availability does. */
    int trusted(FacilityId facility, int units) {
        return Math.toIntExact((long) units * percents.getOrDefault(facility, ALL) / ALL);
    }

    /** Of so many units of a SKU. */
    int offered(FacilityId facility, Sku sku, int units) {
        return sells(facility, sku) ? trusted(facility, units) : 0;
    }
}
