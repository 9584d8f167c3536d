package io.throughline.domain.policy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.fulfillment.SampleFacilities;
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
            Uncollected.ASK,
            ReroutePolicy.usual(),
            Optional.empty(),
            WhoCollects.ANYBODY,
            OnDispute.HOLD,
            ChangedOutside.usual(),
            Set.of());
    /** The times of stores run while they are open. */
    public static final OrderPolicy OPEN_HOURS = PolicyCopy.of(STANDARD, "open-hours-1")
            .runWhileOpen(Set.of(Facility.Kind.STORE))
            .make();

    public static final OrderPolicy NEWER = PolicyCopy.of(STANDARD, "standard-2")
            .moveToOpenPeriod(true)
            .localFirst(false)
            .make();
    /** What is short is waited for, for a month. */
    public static final OrderPolicy WAITING = PolicyCopy.of(STANDARD, "waiting-1")
            .shortage(new ShortagePolicy(OnShortage.BACKORDER, Optional.of(Duration.ofDays(30))))
            .make();

    /** What can be had goes out at once; the rest is waited for, for a month, and moved by no more than a week. */
    public static final OrderPolicy IN_PARTS = PolicyCopy.of(STANDARD, "parts-1")
            .shortage(new ShortagePolicy(
                    OnShortage.SPLIT,
                    Optional.of(Duration.ofDays(30)),
                    OnShortage.BACKORDER,
                    Optional.of(Duration.ofDays(7))))
            .make();

    /** Who does not come for their goods does not get them. */
    public static final OrderPolicy UNCOLLECTED = PolicyCopy.of(STANDARD, "uncollected-1")
            .uncollected(Uncollected.CANCEL)
            .make();

    /** The same; the day before they are reminded. */
    public static final OrderPolicy REMINDING = PolicyCopy.of(UNCOLLECTED, "reminding-1")
            .remindBefore(Duration.ofDays(1))
            .make();

    /** What its facility does not do goes elsewhere by itself; else it waits for a month, or the customer is asked for a day. */
    public static final OrderPolicy REROUTING = PolicyCopy.of(WAITING, "rerouting-1")
            .reroutes(rerouting(Set.of(), ReroutePolicy.Carriers.askAPerson()))
            .make();

    /** The same; but a customer's silence about what is to be collected is no answer. */
    public static final OrderPolicy ASKING_ON = PolicyCopy.of(REROUTING, "asking-on-1")
            .reroutes(askingOn(REROUTING.reroutes()))
            .make();

    /** The same; but somebody calls the warehouse in the east where that is silent. */
    public static final OrderPolicy ASKING_EAST = PolicyCopy.of(WAITING, "asking-east-1")
            .reroutes(rerouting(Set.of(SampleFacilities.WH_EAST), ReroutePolicy.Carriers.askAPerson()))
            .make();

    /** As rerouting, and what its carrier does not take, or not within an hour, others are to do. */
    public static final OrderPolicy ANYWHERE = PolicyCopy.of(WAITING, "anywhere-1")
            .reroutes(rerouting(
                    Set.of(),
                    new ReroutePolicy.Carriers(
                            List.of(SampleAccounts.EXPRESS), Optional.of(Duration.ofHours(1)), true)))
            .make();

    /** The same; what its carrier does not take within an hour another is asked for, and then others are to do it. */
    public static final OrderPolicy CARRYING = PolicyCopy.of(WAITING, "carrying-1")
            .reroutes(new ReroutePolicy(
                    1,
                    true,
                    Set.of(),
                    true,
                    List.of(),
                    Optional.empty(),
                    new ReroutePolicy.Carriers(
                            List.of(SampleAccounts.EXPRESS), Optional.of(Duration.ofHours(1)), true)))
            .make();

    /** The same as rerouting; what waits for supply may be promised for a week later at most, unless a person bears more. */
    public static final OrderPolicy IMPATIENT = PolicyCopy.of(REROUTING, "impatient-1")
            .shortage(new ShortagePolicy(
                    OnShortage.BACKORDER,
                    Optional.of(Duration.ofDays(90)),
                    OnShortage.BACKORDER,
                    Optional.of(Duration.ofDays(7))))
            .make();

    /** A dispute about its payment does not stop an order. */
    public static final OrderPolicy GOING_ON =
            PolicyCopy.of(STANDARD, "going-on-1").onDispute(OnDispute.GO_ON).make();

    /** What changes outside is followed; authorised money is taken a day before it is not there any more, and without it nothing goes on. */
    public static final OrderPolicy FOLLOWING = PolicyCopy.of(STANDARD, "following-1")
            .changedOutside(new ChangedOutside(
                    ChangedOutside.OnAddress.GIVE_AGAIN,
                    ChangedOutside.OnMove.FOLLOW,
                    Optional.of(Duration.ofDays(1)),
                    ChangedOutside.OnExpiry.HOLD))
            .make();

    /** An edit of its channel is planned; supply is waited for, and what a facility does not do goes elsewhere. */
    public static final OrderPolicy EDITABLE = PolicyCopy.of(REROUTING, "editable-1")
            .changedOutside(new ChangedOutside(
                    ChangedOutside.OnAddress.GIVE_AGAIN,
                    ChangedOutside.OnMove.FOLLOW,
                    Optional.empty(),
                    ChangedOutside.OnExpiry.GO_ON,
                    ChangedOutside.OnEdit.PLAN))
            .make();

    /** A dispute stops an order where it is about all that was paid. */
    public static final OrderPolicy HOLDING_WHOLE = PolicyCopy.of(STANDARD, "holding-whole-1")
            .onDispute(OnDispute.HOLD_WHOLE)
            .make();

    /** What an order that is heard of under the standard policy keeps; every call goes by its queue. */
    public static final OrderRules RULES = new OrderRules(STANDARD.version(), Set.of());

    private volatile OrderPolicy current = STANDARD;

    private static ReroutePolicy rerouting(Set<FacilityId> silentExcept, ReroutePolicy.Carriers carriers) {
        return new ReroutePolicy(
                4,
                true,
                silentExcept,
                true,
                List.of(ReroutePolicy.Otherwise.BACKORDER, ReroutePolicy.Otherwise.OFFER),
                Optional.of(new ReroutePolicy.Offers(
                        Duration.ofDays(1),
                        EnumSet.allOf(OfferChoice.class),
                        OfferChoice.WAIT,
                        Optional.empty(),
                        2,
                        Duration.ofHours(6))),
                carriers);
    }

    private static ReroutePolicy askingOn(ReroutePolicy rules) {
        return new ReroutePolicy(
                rules.most(),
                rules.silent(),
                rules.silentExcept(),
                rules.unexplained(),
                rules.otherwise(),
                rules.offers()
                        .map(offers -> new ReroutePolicy.Offers(
                                offers.answerWithin(),
                                offers.choices(),
                                offers.unanswered(),
                                Optional.of(OfferChoice.WAIT),
                                offers.stores(),
                                offers.lookAgainAfter())),
                rules.carriers());
    }

    public void activate(OrderPolicy policy) {
        current = policy;
    }

    @Override
    public OrderPolicy current() {
        return current;
    }

    @Override
    public OrderPolicy version(String version) {
        return Stream.of(
                        STANDARD,
                        OPEN_HOURS,
                        NEWER,
                        WAITING,
                        IN_PARTS,
                        UNCOLLECTED,
                        REMINDING,
                        REROUTING,
                        ASKING_ON,
                        ASKING_EAST,
                        ANYWHERE,
                        CARRYING,
                        GOING_ON,
                        FOLLOWING,
                        EDITABLE,
                        HOLDING_WHOLE,
                        IMPATIENT)
                .filter(policy -> policy.version().equals(version))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no policy " + version));
    }
}
