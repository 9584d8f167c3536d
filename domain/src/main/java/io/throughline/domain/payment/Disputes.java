package io.throughline.domain.payment;

import io.throughline.domain.order.OrderId;
import java.util.List;

/** What is known of the disputes about orders' payments. */
public interface Disputes {
    /** Takes in how it stands. What is known already is no news, and leaves no word in the trace. */
    void heard(OrderId order, Dispute dispute);

    /** By their names. */
    List<Dispute> of(OrderId order);
}
