package io.throughline.store.sale;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays.Entry;
import io.throughline.domain.sale.StoreDays.LateSale;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales.Share;
import io.throughline.domain.sale.StoreSales.Taken;
import io.throughline.domain.sale.StoreSales.Verdict;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code store_day_entry}. */
final class EntryRows {
    private EntryRows() {}

    static void insert(Handle handle, StoreSale sale, boolean takenBack, StoreDayId day, boolean late) {
        handle.createUpdate("""
                        insert into store_day_entry (store_day, facility, sale_id, version, taken_back, late)
                        values (:day, :facility, :id, :version, :takenBack, :late)
                        """)
                .bind("day", day.value())
                .bind("facility", sale.facility().value())
                .bind("id", sale.id())
                .bind("version", sale.version())
                .bind("takenBack", takenBack)
                .bind("late", late)
                .execute();
    }

    /** What was answered when this version came first. */
    static Taken asBefore(Handle handle, StoreSale stored, Verdict verdict) {
        return handle.createQuery("""
                        select store_day, late from store_day_entry
                        where facility = :facility and sale_id = :id and version = :version and not taken_back
                        """)
                .bind("facility", stored.facility().value())
                .bind("id", stored.id())
                .bind("version", stored.version())
                .map((row, context) -> new Taken(verdict, day(row.getString("store_day")), row.getBoolean("late")))
                .one();
    }

    /** As they came. */
    static List<Share> ofSale(Handle handle, FacilityId store, String id) {
        return handle.createQuery("""
                        select version, taken_back, store_day, summary from store_day_entry
                        where facility = :facility and sale_id = :id order by number
                        """)
                .bind("facility", store.value())
                .bind("id", id)
                .map((row, context) -> new Share(
                        row.getLong("version"),
                        row.getBoolean("taken_back"),
                        day(row.getString("store_day")),
                        Optional.ofNullable(row.getObject("summary", Integer.class))))
                .list();
    }

    /** A version that came and was taken back within one summary was never posted. */
    static List<Entry> of(Handle handle, StoreDayId day, int summary) {
        return handle.createQuery("""
                        select v.body, e.taken_back from store_day_entry e
                        join store_sale_version v
                            on v.facility = e.facility and v.id = e.sale_id and v.version = e.version
                        where e.store_day = :day and e.summary = :summary and not exists (
                            select from store_day_entry other where other.facility = e.facility
                                and other.sale_id = e.sale_id and other.version = e.version
                                and other.taken_back <> e.taken_back
                                and other.store_day = e.store_day and other.summary = e.summary)
                        order by e.number
                        """)
                .bind("day", day.value())
                .bind("summary", summary)
                .map((row, context) -> new Entry(
                        CanonicalJson.read(row.getString("body"), StoreSale.class), row.getBoolean("taken_back")))
                .list();
    }

    static List<LateSale> late(Handle handle, StoreDayId day, int limit) {
        return handle.createQuery("""
                        select e.sale_id, e.version, v.sold_on, e.store_day, e.summary, v.heard_at
                        from store_day_entry e
                        join store_sale_version v
                            on v.facility = e.facility and v.id = e.sale_id and v.version = e.version
                        where e.late and not e.taken_back and (e.store_day = :day or v.sold_on = :day)
                        order by e.number limit :limit
                        """)
                .bind("day", day.value())
                .bind("limit", limit)
                .map((row, context) -> new LateSale(
                        row.getString("sale_id"),
                        row.getLong("version"),
                        day(row.getString("sold_on")),
                        day(row.getString("store_day")),
                        Optional.ofNullable(row.getObject("summary", Integer.class)),
                        Columns.instant(row, "heard_at")))
                .list();
    }

    private static StoreDayId day(String id) {
        return StoreDayId.of(id).orElseThrow();
    }
}
