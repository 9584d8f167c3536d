package io.throughline.domain.returns;

import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.util.List;

/** What REST clients were asked to give back of their orders, and what they, or whoever has paid it by hand, tell of it; in PostgreSQL. */
public interface ClientRefunds {
    /** Once for each reference; its client hears of it as an event. */
    void ask(OrderKey order, ClientRefund refund);

    /** In the order in which they were asked for. A part that goes back to what a credit was made of stands as that does. */
    List<ClientRefund> of(OrderId order);

    /** What was asked for one return, also of orders whose goods it had been exchanged for. */
    List<Asked> by(ReturnId id);

    /**
     * What became of a part. It is said once; the return that waits for it is woken by the same transaction. Where the refund needed a second person, whoever has approved
     * it does not pay it, too.
     */
    ReturnIntake.Outcome tell(ReturnIntake.Submission submission, ReturnId id, Told told);

    /** A refund that was asked for of an order. */
    record Asked(OrderId order, ClientRefund refund) {}

    /** {@code as} is the client's own name of the refund, or why there is none: words that are kept with the customer, and gone with them. */
    record Told(OrderId order, String payment, boolean given, String as) {}
}
