package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.order.OrderKey;
import java.time.Instant;
import java.util.List;

/** The parcels of returns, in PostgreSQL. Each change writes the order's trace in the same transaction and may be repeated. */
public interface ReturnParcels {
    /** Its label was bought. */
    void labelled(ReturnParcelId id, AccountId carrier, Label label);

    /** This carrier sells no label for it: why, in its own words. The same words of the same carrier are told once. */
    void labelRefused(ReturnParcelId id, AccountId carrier, String why);

    /** No label is bought for it any more: whoever sends it labels it by themselves, or nobody does. */
    void unlabelled(ReturnParcelId id, String why);

    /** Its label was given back. */
    void voided(ReturnParcelId id);

    /** Its label was not used, and its carrier does not take it back. */
    void kept(ReturnParcelId id);

    /** The customer knows that it comes back to them. */
    void told(ReturnParcelId id);

    /**
     * Takes in what a carrier says of a number, and in the same transaction wakes the process of a return that waits for the parcel, where that is
     * news for it. Gives the parcels as they are now: none where the number is not one of a return's.
     */
    List<Heard> hear(String carrierName, String number, TrackingNews news);

    /** Numbers at this carrier on their way of which nothing was heard since {@code before}, the longest first; each is asked about then. */
    List<String> unheardOf(String carrierName, Instant before, int limit);

    /** A parcel after its carrier's news. {@code waitedFor}: the process of its return has still to see to it. */
    record Heard(ReturnParcel parcel, OrderKey order, boolean waitedFor) {}
}
