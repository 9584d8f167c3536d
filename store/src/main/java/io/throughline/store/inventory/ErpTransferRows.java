package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.transfer.ErpTransfer;
import io.throughline.domain.transfer.ErpTransfer.Line;
import io.throughline.domain.transfer.ErpTransferId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code erp_transfer_difference}. */
final class ErpTransferRows {
    private ErpTransferRows() {}

    static boolean isKnown(Handle handle, ErpTransferId id) {
        return handle.createQuery("""
            select exists (select from erp_transfer_difference where account = :account and transfer = :name)
            """)
                .bind("account", id.account().value())
                .bind("name", id.name())
                .mapTo(Boolean.class)
                .one();
    }

    /** Of which each line differs. */
    static void insert(Handle handle, ErpTransfer transfer, boolean settled) {
        handle.createUpdate("""
            insert into erp_transfer_difference
                (account, transfer, sku, from_facility, to_facility, sent, arrived, settled)
            select :account, :name, sku, :from, :to, sent, arrived, :settled
            from unnest(cast(:skus as text[]), cast(:sent as integer[]), cast(:arrived as integer[]))
                as line (sku, sent, arrived)
            """)
                .bind("account", transfer.id().account().value())
                .bind("name", transfer.id().name())
                .bindArray(
                        "skus",
                        String.class,
                        transfer.lines().stream()
                                .map(line -> line.sku().value())
                                .toList())
                .bindArray(
                        "sent",
                        Integer.class,
                        transfer.lines().stream().map(Line::sent).toList())
                .bindArray(
                        "arrived",
                        Integer.class,
                        transfer.lines().stream().map(Line::arrived).toList())
                .bind("from", transfer.from().value())
                .bind("to", transfer.to().value())
                .bind("settled", settled)
                .execute();
    }

    /** What the ledger still has of it on its way, by SKU: the sum of all that its own movements have changed. */
    static Map<Sku, Integer> onItsWay(Handle handle, ErpTransfer transfer) {
        Map<Sku, Integer> units = new HashMap<>();
        handle.createQuery("""
            select m.sku, sum(m.quantity) as units
            from stock_movement m
            join unnest(cast(:systems as text[]), cast(:ids as text[])) as told (system, id)
                on m.source = told.system and m.source_id = told.id
            where m.facility = :to and m.measure = 'IN_TRANSIT'
            group by m.sku
            """)
                .bindArray(
                        "systems",
                        String.class,
                        transfer.movements().stream().map(StockSource::system).toList())
                .bindArray(
                        "ids",
                        String.class,
                        transfer.movements().stream().map(StockSource::id).toList())
                .bind("to", transfer.to().value())
                .map((row, context) -> Map.entry(Sku.of(row.getString("sku")), row.getInt("units")))
                .forEach(sum -> units.put(sum.getKey(), sum.getValue()));
        return units;
    }

    /** What differs of it and is not accounted for; empty: nothing does. */
    static Optional<ErpTransfer> open(Handle handle, ErpTransferId id) {
        List<Row> rows = handle.createQuery("""
            select sku, from_facility, to_facility, sent, arrived from erp_transfer_difference
            where account = :account and transfer = :name and not settled order by sku for update
            """)
                .bind("account", id.account().value())
                .bind("name", id.name())
                .map((row, context) -> new Row(
                        new FacilityId(row.getString("from_facility")),
                        new FacilityId(row.getString("to_facility")),
                        new Line(Sku.of(row.getString("sku")), row.getInt("sent"), row.getInt("arrived"))))
                .list();
        return rows.stream()
                .findFirst()
                .map(first -> new ErpTransfer(
                        id,
                        first.from(),
                        first.to(),
                        rows.stream().map(Row::line).toList(),
                        List.of()));
    }

    private record Row(FacilityId from, FacilityId to, Line line) {}

    static void settle(Handle handle, ErpTransferId id) {
        handle.createUpdate("""
            update erp_transfer_difference set settled = true where account = :account and transfer = :name
            """)
                .bind("account", id.account().value())
                .bind("name", id.name())
                .execute();
    }
}
