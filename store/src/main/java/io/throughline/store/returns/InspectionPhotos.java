package io.throughline.store.returns;

import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPhotos;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.internal.Transactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The photos of inspections, in the one erasable table: a row of each is called after its return and its number, and is erased with the order's person. */
public final class InspectionPhotos implements ReturnPhotos {
    private final Transactions transactions;

    public InspectionPhotos(Transactions transactions) {
        this.transactions = transactions;
    }

    /** How far the inspections of a return go; read under its lock, before others are told of. */
    static long last(Handle handle, ReturnId id) {
        return handle.createQuery("select coalesce(max(number), 0) from return_inspection where return_id = :id")
                .bind("id", id.value())
                .mapTo(Long.class)
                .one();
    }

    /** They show what was found by each of the inspections after that one: they were told of together. */
    static void keep(Handle handle, ReturnId id, long after, List<String> photos) {
        handle.createQuery(
                        "select number from return_inspection where return_id = :id and number > :after order by number")
                .bind("id", id.value())
                .bind("after", after)
                .mapTo(Long.class)
                .forEach(number -> PersonRows.keepPhotos(handle, id.value(), id + "/" + number, photos));
    }

    @Override
    public Map<Long, List<String>> ofInspections(ReturnId id) {
        return transactions.with(handle -> {
            Map<Long, List<String>> photos = new HashMap<>();
            handle.createQuery("""
                select i.number, jsonb_array_elements_text(p.content) as photo
                from return_inspection i join person p on p.ref = 'F-' || i.return_id || '/' || i.number
                where i.return_id = :id and p.content is not null order by i.number
                """).bind("id", id.value()).reduceRows(photos, (all, row) -> {
                all.computeIfAbsent(row.getColumn("number", Long.class), first -> new ArrayList<>())
                        .add(row.getColumn("photo", String.class));
                return all;
            });
            return photos;
        });
    }
}
