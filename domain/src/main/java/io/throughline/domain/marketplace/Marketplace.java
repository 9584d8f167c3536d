package io.throughline.domain.marketplace;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Optional;

/**
 * A marketplace as it is told of its orders. What it refuses by its rules is CHANNEL_REFUSED; failures are {@code SystemFailure}. After a
 * lost reply each call is looked for before it is made again.
 */
public interface Marketplace {
    Optional<Receipt> findAcknowledgement(OrderKey order);

    /** We take the order on. */
    Reply acknowledge(OrderKey order, String vendorKey);

    Optional<Receipt> findShipment(Shipment shipment);

    /** A parcel has left. */
    Reply confirmShipment(Shipment shipment, String vendorKey);

    Optional<Receipt> findCallingOff(OrderKey order);

    /**
     * Nothing of the order is carried out: it is rejected, if it was not acknowledged yet, or cancelled. The marketplace gives its customer the
     * money back; the receipt names how.
     */
    Reply callOff(CallingOff callingOff, String vendorKey);

    /**
     * What its buyer has paid for these units, discounts and taxes allotted, as the marketplace tells the order: the share of those that come back next after all that it
     * has given back before; none where it knows no such order.
     */
    Money paidFor(OrderKey order, List<LineQuantity> units, CurrencyCode currency);

    Optional<Receipt> findRefund(BuyerRefund refund);

    /** The marketplace gives its buyer so much back; the receipt's reference is its own name of that. */
    Reply refund(BuyerRefund refund, String vendorKey);

    /** {@code reference} is ours and unique; {@code tracking} is empty where nobody knows the number. */
    record Shipment(OrderKey order, String reference, Optional<Tracking> tracking, List<LineQuantity> lines) {
        public Shipment {
            lines = List.copyOf(lines);
        }
    }

    /** What a buyer gets back, and the units that it is for, if it is for any. {@code reference} is ours and unique. */
    record BuyerRefund(OrderKey order, String reference, List<LineQuantity> units, Money amount) {
        public BuyerRefund {
            units = List.copyOf(units);
        }
    }

    /** {@code refund} is what its customer gets back. */
    record CallingOff(OrderKey order, boolean acknowledged, CancellationReason reason, Money refund) {}
}
