package io.throughline.domain.fulfillment;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Optional;

/** Keeps a channel's own picture of the fulfillment in step with ours. */
public interface FulfillmentMirror {
    /**
     * Makes the channel's work item for these lines lie at this location (moving or splitting what the channel had planned); the
     * receipt's reference is the channel's work item from now on.
     */
    Optional<Receipt> findAssignment(Assignment assignment);

    /**
     * Fails with CHANNEL_REFUSED, without an effect, while the channel holds the work item back: that is no answer for good, as a refusal
     * is.
     */
    Reply assign(Assignment assignment, String vendorKey);

    /** Whether somebody, or a rule of the channel, wants that nobody begins with these lines yet. */
    boolean isHeld(Assignment assignment);

    Optional<Receipt> findReady(String channelWork, OrderKey order);

    /** The goods lie ready for pickup. */
    Reply readyForPickup(String channelWork, OrderKey order, String vendorKey);

    Optional<Receipt> findHandover(Handover handover);

    /** The goods were shipped or picked up. */
    Reply handOver(Handover handover, String vendorKey);

    /** {@code channelWork} is the item that the channel had planned for these lines; {@code location} where they shall lie instead. */
    record Assignment(
            OrderKey order, FulfillmentOrderId id, String channelWork, String location, List<LineQuantity> lines) {
        public Assignment {
            lines = List.copyOf(lines);
        }
    }

    /** {@code tracking} is empty for a pickup. */
    record Handover(
            OrderKey order,
            FulfillmentOrderId id,
            String channelWork,
            Optional<Tracking> tracking,
            List<LineQuantity> lines) {
        public Handover {
            lines = List.copyOf(lines);
        }
    }
}
