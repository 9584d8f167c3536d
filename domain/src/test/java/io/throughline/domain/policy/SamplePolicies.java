package io.throughline.domain.policy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.inventory.Terms.OnShortage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A few policies. The standard one: warehouses answer within four hours and ship within two days, stores within one hour and one day. The
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
            true,
            ShortagePolicy.refuse(),
            Duration.ofMinutes(30),
            Duration.ofDays(7),
            Uncollected.ASK);
    public static final OrderPolicy NEWER = new OrderPolicy(
            "standard-2",
            STANDARD.acknowledgeWithin(),
            STANDARD.handOverWithin(),
            STANDARD.pickUpWithin(),
            STANDARD.holdTags(),
            true,
            false,
            ShortagePolicy.refuse(),
            Duration.ofMinutes(30),
            Duration.ofDays(7),
            Uncollected.ASK);
    /** What is short is waited for, for a month. */
    public static final OrderPolicy WAITING = new OrderPolicy(
            "waiting-1",
            STANDARD.acknowledgeWithin(),
            STANDARD.handOverWithin(),
            STANDARD.pickUpWithin(),
            STANDARD.holdTags(),
            STANDARD.moveToOpenPeriod(),
            STANDARD.localFirst(),
            new ShortagePolicy(OnShortage.BACKORDER, Optional.of(Duration.ofDays(30))),
            STANDARD.keepBasketsFor(),
            STANDARD.confirmPaymentWithin(),
            STANDARD.uncollected());

    /** What can be had goes out at once; the rest is waited for, for a month, and moved by no more than a week. */
    public static final OrderPolicy IN_PARTS = new OrderPolicy(
            "parts-1",
            STANDARD.acknowledgeWithin(),
            STANDARD.handOverWithin(),
            STANDARD.pickUpWithin(),
            STANDARD.holdTags(),
            STANDARD.moveToOpenPeriod(),
            STANDARD.localFirst(),
            new ShortagePolicy(
                    OnShortage.SPLIT,
                    Optional.of(Duration.ofDays(30)),
                    OnShortage.BACKORDER,
                    Optional.of(Duration.ofDays(7))),
            STANDARD.keepBasketsFor(),
            STANDARD.confirmPaymentWithin(),
            STANDARD.uncollected());

    /** Who does not come for their goods does not get them. */
    public static final OrderPolicy UNCOLLECTED = new OrderPolicy(
            "uncollected-1",
            STANDARD.acknowledgeWithin(),
            STANDARD.handOverWithin(),
            STANDARD.pickUpWithin(),
            STANDARD.holdTags(),
            STANDARD.moveToOpenPeriod(),
            STANDARD.localFirst(),
            STANDARD.shortage(),
            STANDARD.keepBasketsFor(),
            STANDARD.confirmPaymentWithin(),
            Uncollected.CANCEL);

    /** What its facility does not do goes elsewhere by itself; else it waits for a month, or the customer is asked for a day. */
    public static final OrderPolicy REROUTING = new OrderPolicy(
            "rerouting-1",
            STANDARD.acknowledgeWithin(),
            STANDARD.handOverWithin(),
            STANDARD.pickUpWithin(),
            STANDARD.holdTags(),
            STANDARD.moveToOpenPeriod(),
            STANDARD.localFirst(),
            WAITING.shortage(),
            STANDARD.keepBasketsFor(),
            STANDARD.confirmPaymentWithin(),
            STANDARD.uncollected(),
            new ReroutePolicy(
                    4,
                    true,
                    true,
                    List.of(ReroutePolicy.Otherwise.BACKORDER, ReroutePolicy.Otherwise.OFFER),
                    Optional.of(new ReroutePolicy.Offers(
                            Duration.ofDays(1),
                            EnumSet.allOf(OfferChoice.class),
                            OfferChoice.WAIT,
                            2,
                            Duration.ofHours(6)))),
            Optional.empty(),
            WhoCollects.ANYBODY);

    /** The same; what its carrier does not take within an hour another is asked for, and then others are to do it. */
    public static final OrderPolicy CARRYING = new OrderPolicy(
            "carrying-1",
            STANDARD.acknowledgeWithin(),
            STANDARD.handOverWithin(),
            STANDARD.pickUpWithin(),
            STANDARD.holdTags(),
            STANDARD.moveToOpenPeriod(),
            STANDARD.localFirst(),
            WAITING.shortage(),
            STANDARD.keepBasketsFor(),
            STANDARD.confirmPaymentWithin(),
            STANDARD.uncollected(),
            new ReroutePolicy(
                    1,
                    true,
                    true,
                    List.of(),
                    Optional.empty(),
                    new ReroutePolicy.Carriers(
                            List.of(SampleAccounts.EXPRESS), Optional.of(Duration.ofHours(1)), true)),
            Optional.empty(),
            WhoCollects.ANYBODY);

    /** A dispute about its payment does not stop an order. */
    public static final OrderPolicy GOING_ON = new OrderPolicy(
            "going-on-1",
            STANDARD.acknowledgeWithin(),
            STANDARD.handOverWithin(),
            STANDARD.pickUpWithin(),
            STANDARD.holdTags(),
            STANDARD.moveToOpenPeriod(),
            STANDARD.localFirst(),
            STANDARD.shortage(),
            STANDARD.keepBasketsFor(),
            STANDARD.confirmPaymentWithin(),
            STANDARD.uncollected(),
            STANDARD.reroutes(),
            STANDARD.remindBefore(),
            STANDARD.whoCollects(),
            OnDispute.GO_ON);

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
        return Stream.of(STANDARD, NEWER, WAITING, IN_PARTS, UNCOLLECTED, REROUTING, CARRYING, GOING_ON)
                .filter(policy -> policy.version().equals(version))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no policy " + version));
    }
}
