package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Optional;

/** Knows the messages of its own subjects, and the cases about them, which no order's process waits for. */
public interface InboxDesk {
    /** Empty: they are about something else. All are of one subject. */
    default Optional<Handling> handle(List<InboxMessage> messages) {
        return Optional.empty();
    }

    /** An order's channel has news of it, which whoever follows something of the order may wait for. */
    default void heardOf(OrderKey order) {}

    /** A system has told of money that it gives back, which whoever follows a refund may wait for. */
    default void heardOfRefund(AccountId account) {}

    /** False: this case is about something else. */
    default boolean resolve(Case decided) {
        return false;
    }
}
