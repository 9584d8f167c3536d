package io.throughline.store.inventory;

import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code basket}. */
public final class BasketRows {
    /** Within which the process of an order that was just handed over reserves its stock, unless it is held up. */
    private static final Duration UNTIL_RESERVED = Duration.ofMinutes(15);

    private BasketRows() {}

    /** An open basket that no order has claimed becomes that of the order, and does not expire under its hands. */
    public static void claim(Handle handle, BasketId basket, OrderId order, Instant now) {
        handle.createUpdate("""
                        update basket set claimed_by = :order, expires_at = greatest(expires_at, :atLeast)
                        where id = :id and state = 'HELD' and expires_at > :now and claimed_by is null
                        """)
                .bind("order", order.value())
                .bind("atLeast", Columns.at(now.plus(UNTIL_RESERVED)))
                .bind("id", basket.toString())
                .bind("now", Columns.at(now))
                .execute();
    }

    /** Locks the open basket that an order has claimed. */
    static Optional<String> lockClaimed(Handle handle, OrderId order, Instant now) {
        return handle.createQuery("""
                        select id from basket where claimed_by = :order and state = 'HELD' and expires_at > :now
                        for no key update
                        """)
                .bind("order", order.value())
                .bind("now", Columns.at(now))
                .mapTo(String.class)
                .findOne();
    }

    /** False: it is there already. */
    static boolean insert(Handle handle, BasketId basket, Instant expiresAt, Instant now) {
        return handle.createUpdate("""
                        insert into basket (id, state, expires_at, made_at) values (:id, 'HELD', :expiresAt, :now)
                        on conflict (id) do nothing
                        """)
                        .bind("id", basket.toString())
                        .bind("expiresAt", Columns.at(expiresAt))
                        .bind("now", Columns.at(now))
                        .execute()
                == 1;
    }

    /** False: it has ended, is to become an order's, or there is none. */
    static boolean lockOpen(Handle handle, BasketId basket, Instant now) {
        return handle.createQuery("""
                        select true from basket where id = :id and state = 'HELD' and expires_at > :now and claimed_by is null
                        for no key update
                        """)
                .bind("id", basket.toString())
                .bind("now", Columns.at(now))
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
    }

    /** Locks the one that is due first. A basket that somebody else has locked is left to them. */
    static Optional<String> lockDue(Handle handle, Instant now) {
        return handle.createQuery("""
                        select id from basket where state = 'HELD' and expires_at <= :now
                        order by expires_at limit 1 for no key update skip locked
                        """)
                .bind("now", Columns.at(now))
                .mapTo(String.class)
                .findOne();
    }

    static void end(Handle handle, String basket, Basket.State state, Optional<OrderId> order) {
        handle.createUpdate("update basket set state = :state, order_id = :order where id = :basket")
                .bind("state", state)
                .bind("order", order.map(OrderId::value).orElse(null))
                .bind("basket", basket)
                .execute();
    }

    static Optional<Basket> find(Handle handle, BasketId basket) {
        return handle.createQuery("""
                        select state, expires_at, coalesce(order_id, claimed_by) as wanted_by from basket where id = :id
                        """)
                .bind("id", basket.toString())
                .map((row, context) -> new Basket(
                        basket,
                        Basket.State.valueOf(row.getString("state")),
                        Columns.instant(row, "expires_at"),
                        Optional.ofNullable(row.getString("wanted_by")).map(OrderId::new),
                        List.of(),
                        List.of()))
                .findOne();
    }
}
