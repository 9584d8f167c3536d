package io.throughline.store.order;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.order.AwaitedProducts;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.sale.RefusedSaleId;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Who waits for products, in PostgreSQL. That one waits no more and is woken is one transaction. */
public final class PostgresAwaitedProducts implements AwaitedProducts {
    private static final String ATTENTION = "throughline/attention";

    /** A row may be there for a moment before its case is. */
    private static final Duration LEFT_OVER = Duration.ofDays(1);

    /** A sale at a till is booked under the name that it has; an order is taken in under that which it means. */
    private static final String NAMED = """
            (starts_with(subject, 'O-') and exists (select from product_name n
                where n.account = awaited_product.account and n.order_id = '' and n.name = awaited_product.sku))
            """;

    private final Transactions transactions;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresAwaitedProducts(Transactions transactions, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public void await(OrderKey key, String subject, Collection<Sku> products) {
        transactions.run(handle -> await(handle, key, subject, products, clock.instant()));
    }

    /** The same as part of another noun's transaction. */
    public static void await(Handle handle, OrderKey key, String subject, Collection<Sku> products, Instant now) {
        handle.createUpdate("delete from awaited_product where subject = :subject")
                .bind("subject", subject)
                .execute();
        handle.createUpdate("""
                        insert into awaited_product (sku, subject, account, external_id, since)
                        select sku, :subject, :account, :externalId, :now
                        from unnest(cast(:skus as text[])) as wanted (sku)
                        on conflict (sku, subject) do nothing
                        """)
                .bind("subject", subject)
                .bind("account", key.account().value())
                .bind("externalId", key.externalId())
                .bind("now", Columns.at(now))
                .bindArray("skus", String.class, texts(products))
                .execute();
    }

    @Override
    public int wake(Catalog catalog, int atMost) {
        List<Awaited> awaited = awaited();
        List<Sku> known =
                awaited.stream().map(Awaited::sku).filter(catalog::knows).toList();
        boolean served = !known.isEmpty() || awaited.stream().anyMatch(Awaited::named);
        int woken = served ? transactions.in(handle -> wake(handle, known, atMost)) : 0;
        if (woken > 0) {
            bell.ring();
        }
        return woken;
    }

    /** Whoever has no case any more, since its order was cancelled or a person has left it out, waits for nothing. */
    private List<Awaited> awaited() {
        return transactions.in(handle -> {
            handle.createUpdate("""
                            delete from awaited_product a where a.since < :old and not exists (
                                select from support_case c where c.subject = a.subject and c.status <> 'CLOSED')
                            """)
                    .bind("old", Columns.at(clock.instant().minus(LEFT_OVER)))
                    .execute();
            return handle.createQuery("select sku, bool_or(" + NAMED + ") as named from awaited_product group by sku")
                    .map((row, context) -> new Awaited(Sku.of(row.getString("sku")), row.getBoolean("named")))
                    .list();
        });
    }

    /** {@code named}: somebody has decided which product of ours is meant by it. */
    private record Awaited(Sku sku, boolean named) {}

    private int wake(Handle handle, List<Sku> known, int atMost) {
        Set<Waiting> waiting = handle.createQuery("""
                        delete from awaited_product where (sku, subject) in (
                            select sku, subject from awaited_product
                            where sku = any(cast(:skus as text[])) or \s""" + NAMED + """
                            order by since, subject limit :limit for update skip locked)
                        returning account, external_id, subject
                        """)
                .bindArray("skus", String.class, texts(known))
                .bind("limit", atMost)
                .map((row, context) -> new Waiting(
                        new OrderKey(AccountId.of(row.getString("account")), row.getString("external_id")),
                        row.getString("subject")))
                .collect(Collectors.toSet());
        Instant now = clock.instant();
        waiting.forEach(one -> InboxRows.insert(
                handle,
                one.key().account(),
                ATTENTION,
                "products/" + one.subject() + "/" + now,
                one.wokenAs(),
                "{}",
                now));
        return waiting.size();
    }

    private record Waiting(OrderKey key, String subject) {
        /** A sale that could not be booked has no process, and is looked at by its own name. */
        String wokenAs() {
            return RefusedSaleId.of(subject).map(RefusedSaleId::value).orElseGet(key::workflowId);
        }
    }

    private static List<String> texts(Collection<Sku> products) {
        return products.stream().map(Sku::value).toList();
    }
}
