package io.throughline.store.inventory;

import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.Reservations.Reserved;
import io.throughline.store.inventory.Reservations.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Baskets in PostgreSQL. Locks are taken in one order: the order's row, the basket's row, balances by SKU. */
public final class PostgresBaskets implements Baskets {
    private static final String AS_IT_WAS = "as_it_was";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;
    private final StockRules rules;
    private final Commitments commitments;
    private final Backorders backorders;
    private final BasketContents contents;

    public PostgresBaskets(Transactions transactions, TraceWriter trace, Clock clock, StockRules rules) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
        this.rules = rules;
        Balances balances = new Balances(rules.safetyStocks());
        this.backorders = new Backorders(balances, rules.preorders());
        this.commitments = new Commitments(rules.bundles(), balances, backorders);
        this.contents = new BasketContents(balances);
    }

    @Override
    public Optional<Commitment> hold(BasketId basket, List<LineQuantity> needs, Terms terms, Instant expiresAt) {
        return transactions.in(handle -> {
            handle.savepoint(AS_IT_WAS);
            boolean first = BasketRows.insert(handle, basket, expiresAt, clock.instant());
            if (!BasketRows.lockOpen(handle, basket, clock.instant())) {
                return Optional.empty();
            }
            String id = basket.toString();
            Set<Place> givenBack =
                    first ? Set.of() : contents.trim(handle, id, LineQuantity.goods(needs, rules.bundles()), terms);
            Commitment commitment = commitments
                    .answer(handle, Holder.basket(id), needs, terms, clock.instant())
                    .commitment();
            if (commitment instanceof Commitment.Refused) {
                handle.rollbackToSavepoint(AS_IT_WAS);
            } else {
                offer(handle, givenBack, "basket " + id + " needs less");
            }
            return Optional.of(commitment);
        });
    }

    @Override
    public Optional<Basket> find(BasketId basket) {
        return transactions.in(handle -> BasketRows.find(handle, basket).map(found -> filled(handle, found)));
    }

    private static Basket filled(Handle handle, Basket basket) {
        Holder holder = Holder.basket(basket.id().toString());
        List<Reserved> open = Reservations.open(handle, holder);
        return new Basket(
                basket.id(),
                basket.state(),
                basket.expiresAt(),
                basket.order(),
                open.stream()
                        .filter(row -> row.state() != State.BACKORDERED)
                        .map(Reserved::asLine)
                        .toList(),
                Backorders.of(handle, holder).stream()
                        .map(Backorders.Row::waiting)
                        .toList(),
                open.stream().flatMap(row -> row.among().stream()).collect(Collectors.toSet()));
    }

    @Override
    public void release(BasketId basket) {
        transactions.run(handle -> {
            if (BasketRows.lockOpen(handle, basket, clock.instant())) {
                end(handle, basket.toString(), Basket.State.RELEASED, "was given up");
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

    /** False: none is due. */
    private boolean expireOldest(Handle handle) {
        Optional<String> due = BasketRows.lockDue(handle, clock.instant());
        due.ifPresent(basket -> end(handle, basket, Basket.State.EXPIRED, "has expired"));
        return due.isPresent();
    }

    /** Ends a basket whose row is locked, and offers its stock to whoever waits. */
    private void end(Handle handle, String basket, Basket.State state, String why) {
        offer(handle, contents.end(handle, basket, state), "basket " + basket + " " + why);
    }

    private void offer(Handle handle, Set<Place> givenBack, String cause) {
        Telling telling = new Telling();
        backorders.offer(handle, givenBack, cause, clock.instant(), telling);
        telling.write(handle, trace);
    }
}
