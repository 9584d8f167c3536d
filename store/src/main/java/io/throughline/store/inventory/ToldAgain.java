package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.StockPolicy.RetellingRule;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows of {@code stock_told_again}. A person who decides about a place begins the count anew. */
final class ToldAgain {
    private static final String HERE = " where account = :account and sku = :sku and facility = :facility";

    private ToldAgain() {}

    static void count(Handle handle, AccountId account, StockSubject place, Instant now) {
        at(handle.createUpdate("delete from stock_told_again" + HERE + " and told_at < :old"), account.value(), place)
                .bind("old", Columns.at(now.minus(RetellingRule.LONGEST)))
                .execute();
        at(handle.createUpdate("""
                        insert into stock_told_again (account, sku, facility, told_at)
                        values (:account, :sku, :facility, :now) on conflict do nothing
                        """), account.value(), place)
                .bind("now", Columns.at(now))
                .execute();
    }

    static void forget(Handle handle, String account, StockSubject place) {
        at(handle.createUpdate("delete from stock_told_again" + HERE), account, place)
                .execute();
    }

    static int since(Handle handle, AccountId account, StockSubject place, Instant since) {
        return at(
                        handle.createQuery("select count(*) from stock_told_again" + HERE + " and told_at >= :since"),
                        account.value(),
                        place)
                .bind("since", Columns.at(since))
                .mapTo(Integer.class)
                .one();
    }

    /** When it was told first of what is counted. */
    static Optional<Instant> first(Handle handle, String account, StockSubject place) {
        return at(handle.createQuery("select min(told_at) as first from stock_told_again" + HERE), account, place)
                .map((row, context) -> Columns.optionalInstant(row, "first"))
                .one();
    }

    private static <S extends SqlStatement<S>> S at(S statement, String account, StockSubject place) {
        return statement
                .bind("account", account)
                .bind("sku", place.sku().value())
                .bind("facility", place.facility().value());
    }
}
