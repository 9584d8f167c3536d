package io.throughline.domain.availability;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockAuthorities;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of what each facility has a channel is offered, as availability reckons it: the less, the longer it has not been heard of, and nothing while
 * it is paused.
 */
public final class Trust {
    private static final int ALL = 100;

    private final StockReading reading;
    private final StockPolicies policies;
    private final Facilities facilities;
    private final StockAuthorities authorities;
    private final Availabilities.Hours hours;

    public Trust(
            StockReading reading,
            StockPolicies policies,
            Facilities facilities,
            StockAuthorities authorities,
            Availabilities.Hours hours) {
        this.reading = reading;
        this.policies = policies;
        this.facilities = facilities;
        this.authorities = authorities;
        this.hours = hours;
    }

    /** In percent, for each of the places. An account that the policy names as no channel is offered all. */
    public Map<FacilityId, Integer> percents(AccountId channel, Collection<FacilityId> places, Instant now) {
        StockPolicy policy = policies.at(now);
        Map<FacilityId, Integer> percents = new TreeMap<>();
        if (!policy.channels().containsKey(channel)) {
            places.forEach(place -> percents.put(place, ALL));
            return percents;
        }
        Sources sources = new Sources(policy, reading.heard(), facilities, authorities, hours.at(now), now);
        places.forEach(place -> percents.put(place, sources.of(place).trustPercent()));
        return percents;
    }
}
