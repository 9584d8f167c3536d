package io.throughline.domain.transfer;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RerouteCause;
import java.util.Optional;

/**
 * The transfers that bring goods to where the customers of orders collect them. They are asked for with the work itself, and their steps are
 * those of any transfer; the goods stay reserved for their order on the way.
 */
public interface OrderTransfers {
    /** The last one for this work. */
    Optional<Transfer> of(FulfillmentOrderId work);

    /**
     * Nobody waits for it any more: the work is given back for that cause, to be routed again, and what has not been sent stays where it is.
     * What is on its way is free once it arrives. Does nothing once the goods have arrived, or the work has ended.
     */
    void giveUp(FulfillmentOrderId work, RerouteCause cause);
}
