package io.throughline.workflows.fulfillment;

import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the work at one facility stands, as its process needs it. {@code queue} is the task queue of the facility's system;
 * {@code inChannel} says whether the channel has a work item for it, {@code mirrored} whether the channel must be told what the facility
 * does, {@code toCapture} whether money is still to be taken, {@code replaced} whether other work does what this one was to do,
 * {@code reported} whether the facility's own system has yet to hear what a device of the facility has told us. {@code labelsToBuy} says
 * that packed parcels wait for their labels, {@code labelsToVoid} that there are labels of parcels that have not left; {@code remindAt} is
 * when the customer is to be reminded of what lies ready, null when that is not to be, or was.
 * {@code awaitsGoods} says that another facility has still to send what is to be handed over, {@code holdToTell} that the facility's system is
 * to be told that the work is held, or goes on.
 */
public record LegState(
        FulfillmentOrderId id,
        String facility,
        String queue,
        DeliveryMethod method,
        FulfillmentStatus status,
        boolean inChannel,
        boolean mirrored,
        boolean toCapture,
        boolean replaced,
        @Nullable Instant deadline,
        boolean reported,
        boolean labelsToBuy,
        boolean labelsToVoid,
        @Nullable Instant remindAt,
        boolean awaitsGoods,
        boolean holdToTell) {
    /** Of work that has no labels of ours, and whose customer is not reminded. */
    public LegState(
            FulfillmentOrderId id,
            String facility,
            String queue,
            DeliveryMethod method,
            FulfillmentStatus status,
            boolean inChannel,
            boolean mirrored,
            boolean toCapture,
            boolean replaced,
            @Nullable Instant deadline,
            boolean reported) {
        this(
                id, facility, queue, method, status, inChannel, mirrored, toCapture, replaced, deadline, reported,
                false, false, null, false, false);
    }

    public LegState withLabels(boolean toBuy, boolean toVoid) {
        return having(toBuy, toVoid, remindAt, awaitsGoods, holdToTell);
    }

    public LegState remindedAt(@Nullable Instant instant) {
        return having(labelsToBuy, labelsToVoid, instant, awaitsGoods, holdToTell);
    }

    /** Another facility has still to send what it needs. */
    public LegState awaitingGoods() {
        return having(labelsToBuy, labelsToVoid, remindAt, true, holdToTell);
    }

    public LegState tellingHold(boolean toTell) {
        return having(labelsToBuy, labelsToVoid, remindAt, awaitsGoods, toTell);
    }

    private LegState having(boolean toBuy, boolean toVoid, @Nullable Instant remind, boolean awaits, boolean toTell) {
        return new LegState(
                id, facility, queue, method, status, inChannel, mirrored, toCapture, replaced, deadline, reported,
                toBuy, toVoid, remind, awaits, toTell);
    }

    /** Nothing is left to be done about it. Work that was rejected must be given to somebody else before that is so. */
    public boolean over() {
        return status == FulfillmentStatus.CANCELLED || (status == FulfillmentStatus.REJECTED && replaced);
    }

    /** The customer is to be reminded now. */
    public boolean toRemind(Instant now) {
        return remindAt != null && !now.isBefore(remindAt);
    }

    /** When something is to be done about it without news; null: never. */
    public @Nullable Instant nextLook() {
        return remindAt != null && (deadline == null || remindAt.isBefore(deadline)) ? remindAt : deadline;
    }

    public boolean overdue(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }
}
