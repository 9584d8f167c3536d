package io.throughline.domain.returns;

import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.Optional;

/** What was bought, handed over, paid and given back before, from the facts that are kept of orders. */
public interface Purchases {
    /** Empty: no such order, or its channel has not been read yet. */
    Optional<Purchase> find(OrderId order);

    /**
     * How many other orders of the same person had money given back since an instant, or have a return by choice that was asked for since, and is neither refused
     * nor through with its money. Cancelled ones don't count, nor what the person did not
     * choose: parcels that were refused or lost, claims and appeasements, which have limits of their own. What they owe of money that was given before its
     * goods counts as one more each, for as long as it is owed. A person is known by their e-mail
     * address: whoever gave none, or was forgotten, has no other orders.
     */
    int othersRefunded(OrderId order, Instant since);

    /** How often the same person, with this order or others, was granted something of a kind since an instant. */
    int granted(OrderId order, ReturnCause.Kind kind, Instant since);

    /** Why nothing of an order is taken back yet, whatever its lines are. Empty: nothing speaks against it. */
    default Optional<String> objection(OrderId order) {
        return Optional.empty();
    }
}
