package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Tracking;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A parcel of a return for which a label of ours is bought: the one in which its customer sends the goods, or one in which what we do not take goes
 * back to them. {@code facility} is where it comes to or leaves from, {@code label} the address of what is to be printed, {@code boughtFrom} the
 * carrier's account that sold it, {@code at} since when it stands as it does. {@code kept}: its label was not used, and its carrier does not take it
 * back. {@code told}: the customer knows that it goes back to them.
 */
public record ReturnParcel(
        ReturnParcelId id,
        Direction direction,
        FacilityId facility,
        Terms terms,
        ParcelStatus status,
        Optional<Tracking> tracking,
        Optional<String> label,
        Optional<AccountId> boughtFrom,
        Instant at,
        boolean kept,
        boolean told) {

    public enum Direction {
        FROM_CUSTOMER,
        TO_CUSTOMER
    }

    /** For how long what a carrier has once scanned is waited for, and within what time somebody receives what was delivered. */
    public record Terms(Duration underWay, Duration receivedWithin) {
        /** Nobody waits for it here. */
        public static Terms none() {
            return new Terms(Duration.ZERO, Duration.ZERO);
        }
    }

    /** Where a policy has a label bought for what a customer sends, by what terms. */
    public record Wanted(FacilityId to, Terms terms) {}

    /** Still to be labelled. */
    public static ReturnParcel toBeLabelled(
            ReturnParcelId id, Direction direction, FacilityId facility, Terms terms, Instant at) {
        return new ReturnParcel(
                id,
                direction,
                facility,
                terms,
                ParcelStatus.TO_BE_LABELLED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                at,
                false,
                false);
    }

    public boolean isFromCustomer() {
        return direction == Direction.FROM_CUSTOMER;
    }

    public boolean isToBeLabelled() {
        return status == ParcelStatus.TO_BE_LABELLED;
    }

    /** Bought, not scanned, and not kept by its carrier. */
    boolean mayBeVoided() {
        return status == ParcelStatus.LABELLED && boughtFrom.isPresent() && !kept;
    }

    /** How far goods are that lie in it, of which nothing was received. */
    GoodsStatus goods() {
        return switch (status) {
            case IN_TRANSIT, OUT_FOR_DELIVERY -> GoodsStatus.IN_TRANSIT;
            case DELIVERED -> GoodsStatus.DELIVERED;
            case TO_BE_LABELLED, LABELLED, UNHEARD, REFUSED, LOST, VOIDED, UNLABELLED -> GoodsStatus.AUTHORISED;
        };
    }

    /** Until when it is waited for, where goods that nobody has seen are until {@code dueAt}. What is lost or turned away is not waited for. */
    Instant waitedForUntil(Instant dueAt) {
        return switch (status) {
            case IN_TRANSIT, OUT_FOR_DELIVERY -> later(dueAt, at.plus(terms.underWay()));
            case DELIVERED -> at.plus(terms.receivedWithin());
            case REFUSED, LOST -> at;
            case TO_BE_LABELLED, LABELLED, UNHEARD, VOIDED, UNLABELLED -> dueAt;
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Where it is, in words for people. */
    public String words() {
        return tracking.map(known -> known.carrier() + " " + known.number() + " ")
                        .orElse("") + status + " " + (isFromCustomer() ? "to " : "from ") + facility;
    }
}
