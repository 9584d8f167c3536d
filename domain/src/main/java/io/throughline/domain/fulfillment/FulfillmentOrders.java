package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The work at facilities, in PostgreSQL. Each change writes the order's trace in the same transaction and may be repeated. */
public interface FulfillmentOrders {
    Optional<FulfillmentOrder> find(FulfillmentOrderId id);

    default FulfillmentOrder get(FulfillmentOrderId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no fulfillment order " + id));
    }

    List<FulfillmentOrder> ofOrder(OrderId order);

    /** The channel's work item that mirrors this one. */
    void assigned(FulfillmentOrderId id, String channelWork);

    /** Released to the facility: the system's reference, and until when it should acknowledge. */
    void released(FulfillmentOrderId id, AccountId workAccount, String workReference, Instant acknowledgeBy);

    /**
     * Takes in what the facility's system said. A report that {@link FulfillmentStatus#mayBecome} does not allow changes nothing. Clears
     * {@link FulfillmentOrder#hinted} unless a hint came after {@code readAt}. {@code deadline} is that of the new status. The
     * facility's own words are kept with the personal data, never in the trace. That it does not give the work back is told once.
     */
    FulfillmentOrder observed(FulfillmentOrderId id, WorkProgress progress, Instant readAt, Optional<Instant> deadline);

    /** The facility's system has news of this work; gives the order that it belongs to. */
    Optional<OrderId> hint(AccountId workAccount, String workReference);

    /** The order of which open work is mirrored by this work item at its channel, whether a facility has it already or not. */
    Optional<OrderId> mirrored(AccountId channel, String channelWork);

    /** Marks all open work of an order as having news. */
    void hintAll(OrderId order);

    /** A new deadline after somebody decided to wait on. */
    void extend(FulfillmentOrderId id, Instant deadline);

    /** Whether its customer was reminded that it lies ready. */
    boolean reminded(FulfillmentOrderId id);

    /** Its customer was reminded now, which is done once. */
    void remind(FulfillmentOrderId id);

    /** What its facility's system is to be told of a hold, whose number is kept before it is told; empty where there is nothing to tell. */
    Optional<HoldNotice> askToTellHold(FulfillmentOrderId id);

    /** Its facility's system knows of it, or can't be told. */
    void holdTold(FulfillmentOrderId id, int number);

    void cancelled(FulfillmentOrderId id, String reason);

    void rejected(FulfillmentOrderId id, String reason);
}
