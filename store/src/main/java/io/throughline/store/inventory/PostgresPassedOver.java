package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.PassedOverProducts;
import io.throughline.store.internal.Transactions;
import java.util.Collection;
import java.util.List;

/** The rows of {@code stock_passed_over}. */
public final class PostgresPassedOver implements PassedOverProducts {
    private final Transactions transactions;

    public PostgresPassedOver(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void passOver(AccountId account, Collection<Sku> products) {
        transactions.with(handle -> handle.createUpdate("""
                        insert into stock_passed_over (account, sku)
                        select distinct :account, sku from unnest(cast(:skus as text[])) as told (sku)
                        on conflict do nothing
                        """)
                .bind("account", account.value())
                .bindArray(
                        "skus", String.class, products.stream().map(Sku::value).toList())
                .execute());
    }

    @Override
    public List<Sku> of(AccountId account) {
        return transactions.with(
                handle -> handle.createQuery("select sku from stock_passed_over where account = :account order by sku")
                        .bind("account", account.value())
                        .map((row, context) -> Sku.of(row.getString("sku")))
                        .list());
    }

    @Override
    public void takenIn(AccountId account, Sku product) {
        transactions.with(handle -> handle.execute(
                "delete from stock_passed_over where account = ? and sku = ?", account.value(), product.value()));
    }
}
