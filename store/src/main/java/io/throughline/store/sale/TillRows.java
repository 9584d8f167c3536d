package io.throughline.store.sale;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Reading;
import io.throughline.domain.sale.TillSaleId;
import io.throughline.domain.sale.TillSales.Known;
import io.throughline.store.internal.Columns;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code till_sale}. */
final class TillRows {
    private TillRows() {}

    static Optional<Known> find(Handle handle, TillSaleId id) {
        return handle.createQuery("""
                        select version, read_at, facility from till_sale
                        where account = :account and external_id = :id
                        """)
                .bind("account", id.account().value())
                .bind("id", id.key().externalId())
                .map((row, context) -> new Known(
                        new Reading(Columns.instant(row, "version"), Columns.instant(row, "read_at")),
                        Optional.ofNullable(row.getString("facility")).map(FacilityId::new)))
                .findOne();
    }

    /** Of which sales it takes goods back. */
    static void putReturns(Handle handle, TillSaleId id, List<String> sales) {
        for (String sale : sales) {
            handle.createUpdate("""
                insert into till_return (account, external_id, of_external_id) values (:account, :id, :sale)
                on conflict do nothing
                """)
                    .bind("account", id.account().value())
                    .bind("id", id.key().externalId())
                    .bind("sale", sale)
                    .execute();
        }
    }

    /**
     * Locks the row until the transaction ends. False: a later reading is known. What is booked stays so when a later version of it can't
     * be.
     */
    static boolean put(Handle handle, TillSaleId id, Reading reading, Optional<FacilityId> bookedAt) {
        return handle.createUpdate("""
                        insert into till_sale (account, external_id, version, read_at, facility)
                        values (:account, :id, :version, :readAt, :facility)
                        on conflict (account, external_id) do update set
                            version = excluded.version, read_at = excluded.read_at,
                            facility = coalesce(excluded.facility, till_sale.facility)
                        where (till_sale.version, till_sale.read_at) <= (excluded.version, excluded.read_at)
                        """)
                        .bind("account", id.account().value())
                        .bind("id", id.key().externalId())
                        .bind("version", Columns.at(reading.version()))
                        .bind("readAt", Columns.at(reading.beganAt()))
                        .bind("facility", bookedAt.map(FacilityId::value))
                        .execute()
                == 1;
    }
}
