package io.throughline.domain.policy;

import io.throughline.domain.fulfillment.Facility;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** One policy: warehouses answer within four hours and ship within two days, stores within one hour and one day. */
public final class SamplePolicies implements Policies {
    public static final OrderPolicy STANDARD = new OrderPolicy(
            "standard-1",
            Map.of(Facility.Kind.WAREHOUSE, Duration.ofHours(4), Facility.Kind.STORE, Duration.ofHours(1)),
            Map.of(Facility.Kind.WAREHOUSE, Duration.ofDays(2), Facility.Kind.STORE, Duration.ofDays(1)),
            Duration.ofDays(7),
            Set.of("fraud-review"),
            false,
            true);

    @Override
    public OrderPolicy current() {
        return STANDARD;
    }

    @Override
    public OrderPolicy version(String version) {
        if (!version.equals(STANDARD.version())) {
            throw new IllegalArgumentException("no policy " + version);
        }
        return STANDARD;
    }
}
