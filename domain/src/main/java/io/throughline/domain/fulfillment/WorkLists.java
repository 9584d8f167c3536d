package io.throughline.domain.fulfillment;

import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a facility has to do. */
public interface WorkLists {
    /** Whoever waits at the door comes first, then whatever is due first. {@code after} is the last item of the page before. */
    List<Item> at(FacilityId facility, Set<FulfillmentStatus> statuses, Optional<FulfillmentOrderId> after, int limit);

    /** A store's device was shown whose these pieces of work are; kept once in the order's trace for each device. */
    void shown(List<FulfillmentOrderId> works, String actor);

    /** What a store has sold for others to ship, the newest first. {@code after} is the last order of the page before. */
    List<Sold> soldAt(FacilityId store, Optional<OrderId> after, int limit);

    /** An order that others ship for the store that has sold it, and who has work of it. */
    record Sold(OrderId order, String orderName, OrderStatus status, Instant receivedAt, List<Shipper> shippers) {
        public Sold {
            shippers = List.copyOf(shippers);
        }
    }

    /** Who ships a part, and how far that has come. */
    record Shipper(FacilityId facility, FulfillmentStatus status, Optional<String> trackingNumber) {}

    /**
     * {@code customer}, {@code shipTo} and {@code spot}, where he waits, are personal data. {@code policyVersion} is the one that the order keeps to.
     */
    record Item(
            FulfillmentOrder work,
            String orderName,
            Optional<String> policyVersion,
            Optional<String> customer,
            Optional<PostalAddress> shipTo,
            Optional<Instant> arrivedAt,
            Optional<String> spot) {
        @Override
        public String toString() {
            return "Item[" + work.id() + "]";
        }
    }
}
