package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What goes back to where the credits came from that had paid for exchanged goods, in PostgreSQL, which refuses that it is more than they took. */
public interface PassedOnMoney {
    /**
     * All that a return gives so, of which {@code amount} is to stand once what has failed at a channel is told anew, by this reference. The credits nearest to its order
     * come first.
     */
    List<PassedOn> divide(ReturnId by, String reference, Money amount);

    List<PassedOn> by(ReturnId by);

    /** The channel gives what was taken of the payments of one order. */
    void passed(ReturnId of, ReturnId by, String reference, Map<String, String> transactions, Instant at);

    /** Nobody asks for what has not been asked for yet: somebody bears that it is not given so. */
    void giveUp(ReturnId by);

    /** The orders that the credit came from which has paid an order, the first sale first; none: it was paid by no credit. */
    List<OrderId> origins(OrderId order);
}
