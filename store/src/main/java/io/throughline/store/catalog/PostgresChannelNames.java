package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.ChannelNames;
import io.throughline.domain.catalog.Sku;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that hold for all orders of an account, in PostgreSQL. */
public final class PostgresChannelNames implements ChannelNames {
    private final Transactions transactions;
    private final TraceWriter trace;

    public PostgresChannelNames(Transactions transactions, TraceWriter trace) {
        this.transactions = transactions;
        this.trace = trace;
    }

    @Override
    public List<ChannelName> of(AccountId account) {
        return transactions.with(handle -> handle.createQuery("""
                        select name, sku, actor, since from product_name
                        where account = :account and order_id = '' order by name
                        """)
                .bind("account", account.value())
                .map((row, context) -> new ChannelName(
                        row.getString("name"),
                        Sku.of(row.getString("sku")),
                        row.getString("actor"),
                        Columns.instant(row, "since")))
                .list());
    }

    @Override
    public boolean forget(AccountId account, String name, String actor) {
        return transactions.in(handle -> {
            Optional<String> meant = handle.createQuery("""
                            delete from product_name where account = :account and order_id = '' and name = :name
                            returning sku
                            """)
                    .bind("account", account.value())
                    .bind("name", name)
                    .mapTo(String.class)
                    .findOne();
            meant.ifPresent(sku -> trace.append(
                    handle,
                    "catalog/" + account,
                    "catalog.name-forgotten",
                    actor + " forgets that " + name + " means " + sku,
                    Map.of("name", name, "sku", sku, "actor", actor)));
            return meant.isPresent();
        });
    }
}
