package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.time.Instant;
import java.util.List;

/** The parcels of what is shipped, in PostgreSQL. Each change writes the order's trace in the same transaction and may be repeated. */
public interface Parcels {
    List<Parcel> ofWork(FulfillmentOrderId work);

    List<Parcel> ofOrder(OrderId order);

    /** Its label was bought. The first parcel's number becomes the work's. */
    void labelled(ParcelId id, AccountId carrier, Label label);

    /** This carrier sells no label for it: why, in its own words. The same words of the same carrier are told once. */
    void labelRefused(ParcelId id, AccountId carrier, String why);

    /** No label is bought for what of the work still needs one: whoever has packed it labels it by itself. */
    void leftToFacility(FulfillmentOrderId work, String why);

    /** Its label was given back. */
    void voided(ParcelId id);

    /**
     * Takes in what a carrier says of a number, of each parcel that bears it; when the last parcel of a work was delivered, the work is
     * DELIVERED. Gives the parcels as they are now, with the order that each belongs to: none where the number is not known.
     */
    List<Heard> hear(String carrierName, String number, TrackingNews news);

    /** Numbers at this carrier on their way of which nothing was heard since {@code before}, the longest first; each is asked about then. */
    List<String> unheardOf(String carrierName, Instant before, int limit);

    /**
     * What has left before that instant, and of whose parcels nothing was heard since, counts as delivered; gives how many pieces of work were.
     * Where one of their parcels was refused or lost, nothing is taken for granted.
     */
    int takeAsDelivered(Instant before, int limit);

    /** A parcel after its carrier's news. */
    record Heard(Parcel parcel, OrderKey order) {}
}
