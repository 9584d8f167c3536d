package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.Reservations.Reserved;
import io.throughline.store.inventory.Reservations.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Baskets in PostgreSQL. Locks are taken in one order: the order's row, the basket's row, balances by SKU. */
public final class PostgresBaskets implements Baskets {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;
    private final Balances balances;
    private final Commitments commitments;
    private final Backorders backorders;

    public PostgresBaskets(Transactions transactions, TraceWriter trace, Clock clock, StockRules rules) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
        this.balances = new Balances(rules.safetyStocks());
        this.commitments = new Commitments(rules.bundles(), balances);
        this.backorders = new Backorders(balances);
    }

    @Override
    public Commitment hold(BasketId basket, List<LineQuantity> needs, Terms terms, Instant expiresAt) {
        return transactions.in(handle -> {
            handle.createUpdate("""
                            insert into basket (id, state, expires_at, made_at) values (:id, 'HELD', :expiresAt, :now)
                            on conflict (id) do nothing
                            """)
                    .bind("id", basket.toString())
                    .bind("expiresAt", Columns.at(expiresAt))
                    .bind("now", Columns.at(clock.instant()))
                    .execute();
            if (!lock(handle, basket)) {
                throw new IllegalStateException("basket " + basket + " has ended");
            }
            return commitments
                    .answer(handle, Holder.basket(basket.toString()), needs, terms)
                    .commitment();
        });
    }

    @Override
    public boolean order(BasketId basket, OrderId order) {
        return transactions.in(handle -> {
            Reservations.lockOrder(handle, order);
            if (!lock(handle, basket)) {
                return isOf(handle, basket, order);
            }
            lockBalances(handle, Holder.basket(basket.toString()));
            Reservations.handOver(handle, basket.toString(), order);
            handle.createUpdate("update basket set state = 'ORDERED', order_id = :order where id = :basket")
                    .bind("order", order.value())
                    .bind("basket", basket.toString())
                    .execute();
            trace.append(
                    handle, order.value(), "stock.reserved", "took over what basket " + basket + " had kept", Map.of());
            return true;
        });
    }

    private static boolean isOf(Handle handle, BasketId basket, OrderId order) {
        return handle.select("select true from basket where id = ? and order_id = ?", basket.toString(), order.value())
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
    }

    @Override
    public void release(BasketId basket) {
        transactions.run(handle -> {
            if (lock(handle, basket)) {
                end(handle, basket.toString(), State.RELEASED, "was given up");
            }
        });
    }

    @Override
    public int expire(int atMost) {
        int expired = 0;
        while (expired < atMost && transactions.in(this::expireOldest)) {
            expired++;
        }
        return expired;
    }

    /** A basket that somebody else has locked is left to them. False: none is due. */
    private boolean expireOldest(Handle handle) {
        Optional<String> due = handle.createQuery("""
                        select id from basket where state = 'HELD' and expires_at <= :now
                        order by expires_at limit 1 for no key update skip locked
                        """)
                .bind("now", Columns.at(clock.instant()))
                .mapTo(String.class)
                .findOne();
        due.ifPresent(basket -> end(handle, basket, State.EXPIRED, "has expired"));
        return due.isPresent();
    }

    /** Ends a basket whose row is locked, and offers its stock to whoever waits. */
    private void end(Handle handle, String basket, State state, String why) {
        Holder holder = Holder.basket(basket);
        Set<Sku> skus = lockBalances(handle, holder);
        List<Reserved> rows = Reservations.open(handle, holder);
        if (!rows.isEmpty()) {
            Reservations.become(handle, rows, state);
            Balances.reserve(handle, Reservations.negated(Reservations.sums(rows)));
        }
        handle.createUpdate("update basket set state = :state where id = :basket")
                .bind("state", state)
                .bind("basket", basket)
                .execute();
        Telling telling = new Telling();
        skus.forEach(sku -> telling.freed(backorders.free(handle, sku), "basket " + basket + " " + why));
        telling.write(handle, trace);
    }

    /** What waits for supply may be freed until its SKU's lock is held: only what is read afterwards is so. */
    private Set<Sku> lockBalances(Handle handle, Holder holder) {
        Set<Sku> skus = Reservations.open(handle, holder).stream()
                .map(row -> row.place().sku())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!skus.isEmpty()) {
            balances.lock(handle, skus.stream().map(Place::unrouted).collect(Collectors.toSet()));
        }
        return skus;
    }

    /** False: it has ended. */
    private boolean lock(Handle handle, BasketId basket) {
        return handle.createQuery("""
                        select true from basket where id = :id and state = 'HELD' and expires_at > :now
                        for no key update
                        """)
                .bind("id", basket.toString())
                .bind("now", Columns.at(clock.instant()))
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
    }
}
