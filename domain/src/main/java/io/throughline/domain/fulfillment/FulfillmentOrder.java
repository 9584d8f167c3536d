package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Work at one facility. {@code channelWork} is the channel's work item that mirrors it, {@code workReference} the facility system's.
 * {@code deadline} is the instant by which the present status must have been left. {@code hinted} says that the facility's system has
 * something new to tell. {@code reported} says that a device of the store has told us of the work, of which the facility's own system
 * need not know. {@code inbound} is what another facility sends here for it. {@code answer} is what its facility's system has said to
 * what was asked of it. {@code held} is why nobody goes on with it for the time being, {@code holdNews} what its facility's system knows of that.
 * Work that was only planned, because nothing is sent to its facility's system, has a reference of our own.
 */
public record FulfillmentOrder(
        FulfillmentOrderId id,
        FacilityId facility,
        DeliveryMethod method,
        FulfillmentStatus status,
        List<LineQuantity> lines,
        Optional<String> channelWork,
        Optional<String> workReference,
        Optional<Tracking> tracking,
        Optional<String> reason,
        Optional<Instant> deadline,
        boolean hinted,
        boolean reported,
        Optional<Inbound> inbound,
        FacilityAnswer answer,
        Optional<WorkHold> held,
        HoldNews holdNews) {
    /** The reason of work that was taken from a paused facility without a person; once it is resumed, it may be given that again. */
    public static final String WITHDRAWN = "taken away, because its facility was paused";

    /** The reason of work that was taken from its facility because its customer's address has become another. */
    public static final String READDRESSED = "taken away, because it goes to another address now";

    /** The reason of work that was taken from its facility because somebody has moved it at its channel. */
    public static final String MOVED = "taken away, because it was moved at its channel";

    /** The reason of work that was taken from its facility because its order was edited at its channel and wants less of it. */
    public static final String EDITED = "taken away, because less of it is wanted now";

    /** The reason of work that lay ready until its order ended, because its customer did not come. */
    public static final String UNCOLLECTED = "nobody has collected it";

    /** The reason of work whose goods another facility was to send, and has not. */
    public static final String NOT_BROUGHT = "what was to be sent to its facility has not come";

    private static final String PLANNED = "planned/";
    private static final Set<String> BLAMELESS = Set.of(WITHDRAWN, READDRESSED, MOVED, EDITED);

    public FulfillmentOrder {
        lines = List.copyOf(lines);
    }

    /** Work that nobody holds back. */
    public FulfillmentOrder(
            FulfillmentOrderId id,
            FacilityId facility,
            DeliveryMethod method,
            FulfillmentStatus status,
            List<LineQuantity> lines,
            Optional<String> channelWork,
            Optional<String> workReference,
            Optional<Tracking> tracking,
            Optional<String> reason,
            Optional<Instant> deadline,
            boolean hinted,
            boolean reported,
            Optional<Inbound> inbound,
            FacilityAnswer answer) {
        this(
                id,
                facility,
                method,
                status,
                lines,
                channelWork,
                workReference,
                tracking,
                reason,
                deadline,
                hinted,
                reported,
                inbound,
                answer,
                Optional.empty(),
                HoldNews.NONE);
    }

    /** Work whose goods lie at its facility, of which only that facility's own system tells, and nothing so far. */
    public FulfillmentOrder(
            FulfillmentOrderId id,
            FacilityId facility,
            DeliveryMethod method,
            FulfillmentStatus status,
            List<LineQuantity> lines,
            Optional<String> channelWork,
            Optional<String> workReference,
            Optional<Tracking> tracking,
            Optional<String> reason,
            Optional<Instant> deadline,
            boolean hinted) {
        this(
                id,
                facility,
                method,
                status,
                lines,
                channelWork,
                workReference,
                tracking,
                reason,
                deadline,
                hinted,
                false,
                Optional.empty(),
                FacilityAnswer.NONE);
    }

    public static String plannedReference(FulfillmentOrderId id) {
        return PLANNED + id;
    }

    public boolean uncollected() {
        return reason.equals(Optional.of(UNCOLLECTED));
    }

    /** It is not to be given again to whoever did not do it. */
    public boolean neverToReturn() {
        return status == FulfillmentStatus.REJECTED && !withdrawn();
    }

    /** Who was to hand it over, or to send what is to be handed over. */
    public FacilityId failedBy() {
        return notBrought() ? inbound.map(Inbound::from).orElse(facility) : facility;
    }

    /** Its own facility has not failed it, but who was to send the goods there. */
    public boolean notBrought() {
        return status == FulfillmentStatus.REJECTED && reason.equals(Optional.of(NOT_BROUGHT));
    }

    /** It can't begin before another facility has sent its goods. */
    public boolean awaitsGoods() {
        return !status.terminal() && inbound.filter(goods -> !goods.arrived()).isPresent();
    }

    /** It was taken from its facility through no fault of that: it may get the same again. */
    public boolean withdrawn() {
        return status == FulfillmentStatus.REJECTED
                && reason.filter(BLAMELESS::contains).isPresent();
    }

    /** Its facility was asked to give it back and has said no: it will be done there, whatever else is wanted. */
    public boolean kept() {
        return answer.keeps() && !status.terminal();
    }

    /** Why nobody goes on with it, while it is not done. */
    public Optional<WorkHold> heldOpen() {
        return status.terminal() ? Optional.empty() : held;
    }

    /** Its facility's system has it, and is to be told that it is held, or goes on. */
    public boolean holdToTell() {
        return !status.terminal() && workReference.isPresent() && !onlyPlanned() && holdNews.toTell(held.isPresent());
    }

    /** What its facility's system is told next of that. */
    public HoldNotice nextHoldNotice() {
        return HoldNotice.of(this, holdNews.next());
    }

    /** Its facility's system has said why it does not do it, so that others may be asked without a person. */
    public boolean explained() {
        return status == FulfillmentStatus.REJECTED && answer.ground().isPresent();
    }

    /** Its facility was never told of it: whoever is in charge there does the work without us. */
    public boolean onlyPlanned() {
        return workReference.filter(reference -> reference.startsWith(PLANNED)).isPresent();
    }
}
