package io.throughline.domain.policy;

import io.throughline.domain.fulfillment.Facility;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Two policies. The standard one: warehouses answer within four hours and ship within two days, stores within one hour and one day. The
 * newer one moves what lies in a closed period, and calls by the queues only; a test may make it the current one.
 */
public final class SamplePolicies implements Policies {
    public static final OrderPolicy STANDARD = new OrderPolicy(
            "standard-1",
            Map.of(Facility.Kind.WAREHOUSE, Duration.ofHours(4), Facility.Kind.STORE, Duration.ofHours(1)),
            Map.of(Facility.Kind.WAREHOUSE, Duration.ofDays(2), Facility.Kind.STORE, Duration.ofDays(1)),
            Duration.ofDays(7),
            Set.of("fraud-review"),
            false,
            true);
    public static final OrderPolicy NEWER = new OrderPolicy(
            "standard-2",
            STANDARD.acknowledgeWithin(),
            STANDARD.handOverWithin(),
            STANDARD.pickUpWithin(),
            STANDARD.holdTags(),
            true,
            false);

    /** What an order that is heard of under the standard policy keeps; every call goes by its queue. */
    public static final OrderRules RULES = new OrderRules(STANDARD.version(), Set.of());

    private volatile OrderPolicy current = STANDARD;

    public void activate(OrderPolicy policy) {
        current = policy;
    }

    @Override
    public OrderPolicy current() {
        return current;
    }

    @Override
    public OrderPolicy version(String version) {
        if (version.equals(STANDARD.version())) {
            return STANDARD;
        }
        if (version.equals(NEWER.version())) {
            return NEWER;
        }
        throw new IllegalArgumentException("no policy " + version);
    }
}
