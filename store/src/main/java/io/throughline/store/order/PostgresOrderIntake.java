package io.throughline.store.order;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderIntake;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.BasketRows;
import io.throughline.store.marketplace.MarketplaceRows;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes in what REST clients hand over, in one transaction with the inbox message that starts its process. */
public final class PostgresOrderIntake implements OrderIntake {
    private static final String TOPIC = "throughline/submitted";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresOrderIntake(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Outcome submit(
            String client,
            String idempotencyKey,
            String bodyHash,
            Order order,
            PersonalData person,
            Optional<BasketId> basket,
            Optional<MarketplaceDeadlines> deadlines) {
        Outcome outcome = transactions.in(handle -> {
            if (!remember(handle, client, idempotencyKey, bodyHash, order)) {
                return earlier(handle, client, idempotencyKey, bodyHash).orElseThrow();
            }
            if (keep(handle, bodyHash, order)) {
                PersonRows.put(handle, order.id(), order.customer(), person);
                basket.ifPresent(wanted -> BasketRows.claim(handle, wanted, order.id(), clock.instant()));
                deadlines.ifPresent(wanted -> MarketplaceRows.insert(handle, order.key(), wanted));
                announce(handle, client, order, deadlines);
            } else if (!bodyHash.equals(hashOf(handle, order))) {
                forget(handle, client, idempotencyKey);
                return new Outcome.OrderExists(order.id());
            }
            return new Outcome.Accepted(order.id());
        });
        if (outcome instanceof Outcome.Accepted) {
            bell.ring();
        }
        return outcome;
    }

    @Override
    public Optional<Outcome> earlier(String client, String idempotencyKey, String bodyHash) {
        return transactions.with(handle -> earlier(handle, client, idempotencyKey, bodyHash));
    }

    @Override
    public boolean has(OrderId order) {
        return transactions.with(
                handle -> handle.createQuery("select exists (select from submitted_order where order_id = :order)")
                        .bind("order", order.value())
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Waits for another submission with the same key that is just going on. False: the key is known. */
    private boolean remember(Handle handle, String client, String idempotencyKey, String bodyHash, Order order) {
        return handle.createUpdate("""
                        insert into submission_key (client, idempotency_key, body_hash, order_id, stored_at)
                        values (:client, :key, :hash, :order, :now) on conflict do nothing
                        """)
                        .bind("client", client)
                        .bind("key", idempotencyKey)
                        .bind("hash", bodyHash)
                        .bind("order", order.id().value())
                        .bind("now", Columns.at(clock.instant()))
                        .execute()
                == 1;
    }

    private static Optional<Outcome> earlier(Handle handle, String client, String idempotencyKey, String bodyHash) {
        return handle.createQuery("""
                        select body_hash, order_id from submission_key where client = :client and idempotency_key = :key
                        """)
                .bind("client", client)
                .bind("key", idempotencyKey)
                .<Outcome>map((row, context) -> row.getString("body_hash").equals(bodyHash)
                        ? new Outcome.Replayed(new OrderId(row.getString("order_id")))
                        : new Outcome.KeyReused())
                .findOne();
    }

    /** A submission that was turned down may be corrected and sent again under its key. */
    private static void forget(Handle handle, String client, String idempotencyKey) {
        handle.createUpdate("delete from submission_key where client = :client and idempotency_key = :key")
                .bind("client", client)
                .bind("key", idempotencyKey)
                .execute();
    }

    /** False: an order of that name was submitted before. */
    private static boolean keep(Handle handle, String bodyHash, Order order) {
        return handle.createUpdate("""
                        insert into submitted_order (account, external_id, order_id, body_hash, version, customer_ref, body)
                        values (:account, :externalId, :order, :hash, :version, :customer, cast(:body as jsonb))
                        on conflict (account, external_id) do nothing
                        """)
                        .bind("account", order.key().account().value())
                        .bind("externalId", order.key().externalId())
                        .bind("order", order.id().value())
                        .bind("hash", bodyHash)
                        .bind("version", Columns.at(order.version()))
                        .bind("customer", order.customer().value())
                        .bind("body", CanonicalJson.write(order))
                        .execute()
                == 1;
    }

    /** An order that was submitted becomes another, as part of a transaction that has decided so. */
    public static void replace(Handle handle, Order order, String bodyHash) {
        handle.createUpdate("""
            update submitted_order set body = cast(:body as jsonb), body_hash = :hash, version = :version
            where order_id = :order
            """)
                .bind("body", CanonicalJson.write(order))
                .bind("hash", bodyHash)
                .bind("version", Columns.at(order.version()))
                .bind("order", order.id().value())
                .execute();
    }

    /** Whether the newest version of a submitted order is the one that was submitted last. */
    public static boolean isTakenIn(Handle handle, OrderId order) {
        return handle.createQuery("""
            select exists (select from submitted_order s join customer_order o on o.id = s.order_id
                where s.order_id = :order and o.version = s.version)
            """)
                .bind("order", order.value())
                .mapTo(Boolean.class)
                .one();
    }

    private static String hashOf(Handle handle, Order order) {
        return handle.createQuery("select body_hash from submitted_order where order_id = :order")
                .bind("order", order.id().value())
                .mapTo(String.class)
                .one();
    }

    private void announce(Handle handle, String client, Order order, Optional<MarketplaceDeadlines> deadlines) {
        String workflowId = order.key().workflowId();
        InboxRows.insert(
                handle,
                order.key().account(),
                TOPIC,
                order.key().externalId(),
                workflowId,
                "{\"version\": \"" + order.version() + "\"}",
                clock.instant());
        trace.append(
                handle,
                order.id().value(),
                "submitted",
                "order.submitted",
                client + " hands over " + order.key(),
                Map.of("client", client, "externalId", order.key().externalId()),
                List.of(order.id().value(), workflowId));
        deadlines.ifPresent(wanted -> trace.append(
                handle,
                order.id().value(),
                "marketplace.deadlines",
                order.key().account() + " wants to hear of it by " + wanted.acknowledgeBy() + " and have it shipped by "
                        + wanted.shipBy(),
                Map.of(
                        "acknowledgeBy",
                        wanted.acknowledgeBy().toString(),
                        "shipBy",
                        wanted.shipBy().toString())));
    }
}
