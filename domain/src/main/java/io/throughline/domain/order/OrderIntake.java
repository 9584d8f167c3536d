package io.throughline.domain.order;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import java.util.Optional;

/** Takes in orders that REST clients hand over, which nobody but Throughline keeps. */
public interface OrderIntake {
    /**
     * In one transaction: remembers the idempotency key with the hash of the body, keeps the order where the REST order source reads it,
     * and stores the inbox message that starts its process. Keys are unique per client. A basket that is still open and nobody else's is
     * to become the order's: it is kept for as long as that usually takes, at least. An order of a marketplace has its deadlines stored with it.
     */
    Outcome submit(
            String client,
            String idempotencyKey,
            String bodyHash,
            Order order,
            PersonalData person,
            Optional<BasketId> basket,
            Optional<MarketplaceDeadlines> deadlines);

    /** Of an order that no marketplace waits for. */
    default Outcome submit(
            String client,
            String idempotencyKey,
            String bodyHash,
            Order order,
            PersonalData person,
            Optional<BasketId> basket) {
        return submit(client, idempotencyKey, bodyHash, order, person, basket, Optional.empty());
    }

    /**
     * What became of an earlier submission under this key: {@link Outcome.Replayed} or {@link Outcome.KeyReused}. By that a client is
     * answered before anything else is asked of its order, for the rules may have changed since.
     */
    Optional<Outcome> earlier(String client, String idempotencyKey, String bodyHash);

    /** Whether an order was handed over before, under whatever key, and whether its process has heard of it or not. */
    boolean has(OrderId order);

    /** What became of a submission. */
    sealed interface Outcome {
        record Accepted(OrderId id) implements Outcome {}

        /** The same key with the same body: the same answer. */
        record Replayed(OrderId id) implements Outcome {}

        /** The same key with another body. */
        record KeyReused() implements Outcome {}

        /** Another submission had this external id with other content. */
        record OrderExists(OrderId id) implements Outcome {}
    }
}
