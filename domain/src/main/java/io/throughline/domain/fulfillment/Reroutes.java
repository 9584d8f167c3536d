package io.throughline.domain.fulfillment;

import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The reroutes, in PostgreSQL. Each change writes the order's trace and, where somebody waits for it, the message that wakes their process
 * in the same transaction, and may be repeated. One that has ended never changes again.
 */
public interface Reroutes {
    /** The one of this work that is open; if none is, it is opened, for all that the work still has. */
    Reroute open(FulfillmentOrderId work, RerouteCause cause);

    Optional<Reroute> find(RerouteId id);

    default Reroute get(RerouteId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no reroute " + id));
    }

    /** The newest of this work. */
    Optional<Reroute> latest(FulfillmentOrderId work);

    /** In the order in which they were opened. */
    List<Reroute> ofOrder(OrderId order);

    /** Its facility has the work no more. */
    void takenAway(RerouteId id);

    /** Nobody can do it yet; {@code lookAgainAt} is when to look, whatever happens until then. */
    void waits(RerouteId id, Reroute.Finding finding, Optional<Instant> lookAgainAt);

    /** The customer is asked. Once: a reroute has no second offer. */
    void offer(RerouteId id, Reroute.Finding finding, Offer offer);

    /**
     * Takes a customer's answer. {@code key} is what its sender names it by: the same answer again by the same name is taken as before. Of
     * two at once, or of an answer and the end of its time, one wins.
     */
    Answering answer(RerouteId id, Offer.Answer answer, String key);

    /** Nobody has answered in time, and that is no answer: the offer stands until then. */
    void askOn(RerouteId id, Instant answerBy);

    /** Nobody has answered in time: the default counts. */
    void lapse(RerouteId id);

    /**
     * {@code outcome} is one of the ends. Wakes the process of the order, which reads it anew where its channel has told another version since the
     * reroute was opened: what that changes could not be compared with work that was on its way to somebody else.
     */
    void end(RerouteId id, RerouteStatus outcome, Reroute.Finding finding, List<FulfillmentOrderId> replacedBy);

    /** The order has ended: what of it is open ends too. */
    void callOff(OrderId order);

    /** What became of an answer. */
    sealed interface Answering {
        record Taken(Reroute reroute) implements Answering {}

        /** It was answered before, is too late, or the choice is none of the offer's. */
        record Refused(String why, boolean unfit) implements Answering {}

        record Unknown() implements Answering {}
    }
}
