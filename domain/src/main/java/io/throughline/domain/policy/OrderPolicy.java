package io.throughline.domain.policy;

import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules by which an order is handled, as versioned data. An order pins its version when it is first heard of, so that neither a
 * replay nor a later start changes its mind. Durations are per kind of facility. {@code keepBasketsFor} is how long a basket may keep its
 * stock at most; {@code confirmPaymentWithin} how long after it was begun a payment may take that its provider has to confirm; {@code
 * uncollected} what becomes of goods that lie ready and are not picked up in time; {@code reroutes} what becomes of work that a
 * facility does not do; {@code remindBefore} how long before goods that lie ready are not kept any longer their customer is reminded;
 * {@code whoCollects} how it is checked who collects them; {@code onDispute} what becomes of open work when the order's payment is disputed;
 * {@code changedOutside} what follows of what changes at its channel once its work is given out; {@code runWhileOpen} the kinds of facilities
 * whose own deadlines run in their opening hours only.
 */
public record OrderPolicy(
        String version,
        Map<Facility.Kind, Duration> acknowledgeWithin,
        Map<Facility.Kind, Duration> handOverWithin,
        Duration pickUpWithin,
        Set<String> holdTags,
        boolean moveToOpenPeriod,
        boolean localFirst,
        ShortagePolicy shortage,
        Duration keepBasketsFor,
        Duration confirmPaymentWithin,
        Uncollected uncollected,
        ReroutePolicy reroutes,
        Optional<Duration> remindBefore,
        WhoCollects whoCollects,
        OnDispute onDispute,
        ChangedOutside changedOutside,
        Set<Facility.Kind> runWhileOpen) {
    public OrderPolicy {
        if (remindBefore.filter(before -> before.compareTo(pickUpWithin) >= 0).isPresent()) {
            throw new IllegalArgumentException("a customer is reminded within pickUpWithin: " + remindBefore);
        }
        acknowledgeWithin = Map.copyOf(acknowledgeWithin);
        handOverWithin = Map.copyOf(handOverWithin);
        holdTags = Set.copyOf(holdTags);
        runWhileOpen = Set.copyOf(runWhileOpen);
    }

    /**
     * For how long work may stay in a status that it came to; empty after the end. A kind of facility for which the policy names no time has as
     * long as a customer has to pick up.
     */
    public Optional<Duration> patience(FulfillmentStatus status, Facility.Kind kind) {
        if (status.terminal()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (status) {
                    case ALLOCATED, RELEASED -> acknowledgeWithin.getOrDefault(kind, pickUpWithin);
                    case READY_FOR_PICKUP -> pickUpWithin;
                    default -> handOverWithin.getOrDefault(kind, pickUpWithin);
                });
    }

    /** Whether that runs in the facility's opening hours only. A customer's time to collect runs day and night. */
    public boolean countsOpenHours(FulfillmentStatus status, Facility.Kind kind) {
        return status != FulfillmentStatus.READY_FOR_PICKUP && runWhileOpen.contains(kind);
    }

    public ClosedPeriods closedPeriods() {
        return moveToOpenPeriod ? ClosedPeriods.NEXT_OPEN : ClosedPeriods.REFUSE;
    }
}
