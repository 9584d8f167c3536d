package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.ProductRecord.CostStated;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of {@code product_cost}: what each ERP values a unit at. An average changes without its product, so of one version the last word counts. */
final class CostRows {
    private CostRows() {}

    /** In the order in which they are given. */
    static void put(Handle handle, AccountId source, Collection<ProductRecord> records, Instant now) {
        PreparedBatch costs = handle.prepareBatch("""
            insert into product_cost (sku, source, unit_cost, currency, version, at)
            values (:sku, :source, :cost, :currency, :version, :now)
            on conflict (sku, source) do update set unit_cost = excluded.unit_cost, currency = excluded.currency,
                version = excluded.version, at = excluded.at
            where product_cost.version <= excluded.version
                and (product_cost.unit_cost, product_cost.currency) is distinct from (excluded.unit_cost, excluded.currency)
            """);
        for (ProductRecord record : records) {
            record.cost().ifPresent(told -> add(costs, source, record, told, now));
        }
        if (costs.size() > 0) {
            costs.execute();
        }
    }

    private static void add(PreparedBatch costs, AccountId source, ProductRecord record, CostStated told, Instant now) {
        costs.bind("sku", record.sku().value())
                .bind("source", source.value())
                .bind("cost", told.cost().amount())
                .bind("currency", told.cost().currency().code())
                .bind("version", Columns.at(told.version()))
                .bind("now", Columns.at(now))
                .add();
    }
}
