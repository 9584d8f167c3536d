package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The system through which facilities get their work: a POS for stores, a Shopify fulfillment service for third-party warehouses.
 * Each operation that changes something has a probe that finds its effect by our own reference. Failures are {@code SystemFailure}.
 */
public interface FacilitySystem {
    Optional<Receipt> findRelease(Work work);

    /** Gives the work to the facility; the receipt's reference is the system's own name of it. */
    Reply release(Work work, String vendorKey);

    Optional<Receipt> findRecall(Work work);

    /** Takes the work back. Refused with FACILITY_REFUSED when it has gone too far. */
    Reply recall(Work work, String vendorKey);

    /** Since when the facility has been asked to give the work back, where it takes its time to answer and its system tells. */
    default Optional<Instant> askedBackAt(Work work) {
        return Optional.empty();
    }

    default Optional<Receipt> findCompletion(Work work) {
        return Optional.empty();
    }

    /** The goods have left: a device of the facility has told us, and its own system is to know. */
    default Reply complete(Work work, Optional<Tracking> tracking, String vendorKey) {
        return Reply.refused(FailureCode.FACILITY_REFUSED, "what this facility does is told by its own system only");
    }

    /** Finds what {@link #tellHold} has told, or what came after it. */
    default Optional<Receipt> findHold(Work work, HoldNotice notice) {
        return Optional.empty();
    }

    /** Shows whoever has the work that it is held, or goes on. Refused with FACILITY_REFUSED where that can't be shown. */
    default Reply tellHold(Work work, HoldNotice notice, String vendorKey) {
        return Reply.refused(FailureCode.FACILITY_REFUSED, "its system can't be told that work is held");
    }

    /** How far the work has come. */
    WorkProgress read(Work work);

    /**
     * Work for one facility. {@code account} is the facility's work account, {@code location} its name there; {@code orderName} is what
     * people call the order. {@code lines} are what was sold, as the channel knows it; {@code goods} are what is taken from the shelf for
     * them, which for a bundle are its components. {@code workReference} is known once it was released; {@code channelWork} where the
     * channel has a work item for it. Personal data that the facility needs (a name to call out) is passed with {@code customerName}.
     */
    record Work(
            AccountId account,
            String location,
            FulfillmentOrderId id,
            String orderName,
            DeliveryMethod method,
            List<LineQuantity> lines,
            List<LineQuantity> goods,
            Optional<String> channelWork,
            Optional<String> workReference,
            Optional<String> customerName) {
        public Work {
            lines = List.copyOf(lines);
            goods = List.copyOf(goods);
        }

        @Override
        public String toString() {
            return "Work[" + id + " at " + account + "/" + location + "]";
        }
    }
}
