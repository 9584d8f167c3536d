package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.StockSource;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code incoming_supply}. They change under the lock of the SKU's virtual balance. */
final class Supplies {
    private Supplies() {}

    static List<Expected> open(Handle handle, Collection<Sku> skus) {
        return handle.createQuery("""
            select source, source_id, version, sku, facility, outstanding, expected_at from incoming_supply
            where sku = any(cast(:skus as text[])) and outstanding > 0
            order by sku, expected_at, source, source_id
            """)
                .bindArray(
                        "skus",
                        String.class,
                        skus.stream().map(Sku::value).distinct().toList())
                .map((row, context) -> new Expected(
                        new StockSource(row.getString("source"), row.getString("source_id"), row.getLong("version")),
                        new FacilityId(row.getString("facility")),
                        Sku.of(row.getString("sku")),
                        row.getInt("outstanding"),
                        Columns.instant(row, "expected_at")))
                .list();
    }

    /** What demand of a SKU can be promised of. */
    static List<Expected> promising(Handle handle, Sku sku, Instant now) {
        return open(handle, List.of(sku)).stream()
                .filter(supply -> !supply.isOverdue(now))
                .toList();
    }

    static boolean awaitedFrom(Handle handle, AccountId source) {
        return handle.createQuery("""
            select exists (select from reservation r
                join incoming_supply s on s.sku = r.sku and s.outstanding > 0 and s.source = :source
                where r.state = 'BACKORDERED')
            """)
                .bind("source", source.value())
                .mapTo(Boolean.class)
                .one();
    }

    static Optional<Sku> skuOf(Handle handle, StockSource source) {
        return handle.createQuery("select sku from incoming_supply where source = :source and source_id = :id")
                .bind("source", source.system())
                .bind("id", source.id())
                .map((row, context) -> Sku.of(row.getString("sku")))
                .findOne();
    }

    /** False: this version or a later one is known. */
    static boolean put(Handle handle, Expected supply) {
        return handle.createUpdate("""
            insert into incoming_supply as known
                (source, source_id, version, sku, facility, outstanding, expected_at)
            values (:source, :id, :version, :sku, :facility, :outstanding, :expectedAt)
            on conflict (source, source_id) do update set
                version = excluded.version, sku = excluded.sku, facility = excluded.facility,
                outstanding = excluded.outstanding, expected_at = excluded.expected_at
            where known.version < excluded.version
            """)
                        .bind("source", supply.source().system())
                        .bind("id", supply.source().id())
                        .bind("version", supply.source().version())
                        .bind("sku", supply.sku().value())
                        .bind("facility", supply.facility().value())
                        .bind("outstanding", supply.outstanding())
                        .bind("expectedAt", Columns.at(supply.expectedAt()))
                        .execute()
                == 1;
    }
}
