package io.throughline.store.sale;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code store_sale} and {@code store_sale_version}. */
final class SaleRows {
    private SaleRows() {}

    /** The version that holds, locked until the transaction ends; empty when the sale was not known, and now is. */
    static Optional<StoreSale> lock(Handle handle, StoreSale sale) {
        boolean isNew = handle.createUpdate("""
                        insert into store_sale (facility, id, version) values (:facility, :id, :version)
                        on conflict do nothing
                        """)
                        .bind("facility", sale.facility().value())
                        .bind("id", sale.id())
                        .bind("version", sale.version())
                        .execute()
                == 1;
        if (isNew) {
            return Optional.empty();
        }
        long version = handle.createQuery(
                        "select version from store_sale where facility = :facility and id = :id for no key update")
                .bind("facility", sale.facility().value())
                .bind("id", sale.id())
                .mapTo(Long.class)
                .one();
        return find(handle, sale, version);
    }

    static Optional<StoreSale> find(Handle handle, StoreSale sale, long version) {
        return handle.createQuery("""
                        select body from store_sale_version
                        where facility = :facility and id = :id and version = :version
                        """)
                .bind("facility", sale.facility().value())
                .bind("id", sale.id())
                .bind("version", version)
                .map((row, context) -> CanonicalJson.read(row.getString("body"), StoreSale.class))
                .findOne();
    }

    static Optional<Long> heldVersion(Handle handle, FacilityId store, String id) {
        return handle.createQuery("select version from store_sale where facility = :facility and id = :id")
                .bind("facility", store.value())
                .bind("id", id)
                .mapTo(Long.class)
                .findOne();
    }

    /** The version that holds, and the date on which it was sold. */
    record Standing(StoreSale sale, StoreDayId soldOn) {}

    static Optional<Standing> standing(Handle handle, FacilityId store, String id) {
        return handle.createQuery("""
                        select v.body, v.sold_on from store_sale_version v
                        join store_sale s on s.facility = v.facility and s.id = v.id and s.version = v.version
                        where s.facility = :facility and s.id = :id
                        """)
                .bind("facility", store.value())
                .bind("id", id)
                .map((row, context) -> new Standing(
                        CanonicalJson.read(row.getString("body"), StoreSale.class),
                        StoreDayId.of(row.getString("sold_on")).orElseThrow()))
                .findOne();
    }

    static void insert(Handle handle, StoreSale sale, StoreDayId soldOn, Instant now) {
        handle.createUpdate("""
                        with held as (
                            update store_sale set version = :version where facility = :facility and id = :id)
                        insert into store_sale_version (facility, id, version, sold_on, body, heard_at)
                        values (:facility, :id, :version, :soldOn, cast(:body as jsonb), :now)
                        """)
                .bind("facility", sale.facility().value())
                .bind("id", sale.id())
                .bind("version", sale.version())
                .bind("soldOn", soldOn.value())
                .bind("body", CanonicalJson.write(sale))
                .bind("now", Columns.at(now))
                .execute();
    }

    /** Those of this business date that are in force. */
    static List<StoreSale> soldOn(Handle handle, StoreDayId day) {
        return handle.createQuery("""
                        select v.body from store_sale_version v
                        join store_sale s on s.facility = v.facility and s.id = v.id and s.version = v.version
                        where v.sold_on = :day
                        """)
                .bind("day", day.value())
                .map((row, context) -> CanonicalJson.read(row.getString("body"), StoreSale.class))
                .list();
    }
}
