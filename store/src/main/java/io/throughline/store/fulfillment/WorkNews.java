package io.throughline.store.fulfillment;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.inbox.InboxRows;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The message that wakes an order's process because something was said to us about its work; its body names the work. */
final class WorkNews {
    private static final String TOPIC = "throughline/work";

    /** What an order's process reads its channel by. */
    private static final String CHANNEL = "channel";

    private WorkNews() {}

    /** {@code what} tells the news of one piece of work apart. */
    static void tell(Handle handle, OrderKey order, FulfillmentOrderId work, String what, Instant now) {
        InboxRows.insert(handle, order.account(), TOPIC, work + "/" + what, order.workflowId(), work.value(), now);
    }

    /** The same, to have the order read anew at its channel. */
    static void readAnew(Handle handle, OrderKey order, FulfillmentOrderId work, String what, Instant now) {
        InboxRows.insert(handle, order.account(), TOPIC, work + "/" + what, order.workflowId(), CHANNEL, now);
    }
}
