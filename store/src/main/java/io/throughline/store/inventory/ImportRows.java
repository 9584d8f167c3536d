package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.FeedRow;
import io.throughline.domain.inventory.FeedRow.Field;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImport;
import io.throughline.domain.inventory.StockImport.Progress;
import io.throughline.domain.inventory.StockImport.RefusedRow;
import io.throughline.domain.inventory.WarehouseFeed;
import io.throughline.domain.inventory.WarehouseFeed.Mode;
import io.throughline.domain.inventory.WarehouseFeed.Unnamed;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The rows of {@code stock_import}, {@code stock_import_row} and {@code stock_import_refusal}. */
final class ImportRows {
    private static final Duration ABANDONED = Duration.ofDays(1);

    private ImportRows() {}

    static ImportId begin(Handle handle, WarehouseFeed feed, Instant now) {
        return handle.createQuery("""
                        with abandoned as (
                            delete from stock_import where state = 'RECEIVING' and received_at < :abandoned)
                        insert into stock_import (account, facility, name, sequence, mode, as_of, unnamed, state,
                            received_at)
                        values (:account, :facility, :name, :sequence, :mode, :asOf, :unnamed, 'RECEIVING', :now)
                        returning number
                        """)
                .bind("abandoned", Columns.at(now.minus(ABANDONED)))
                .bind("account", feed.account().value())
                .bind("facility", feed.facility().value())
                .bind("name", feed.name())
                .bind("sequence", feed.sequence())
                .bind("mode", feed.mode())
                .bind("asOf", Columns.at(feed.asOf()))
                .bind("unnamed", feed.unnamed())
                .bind("now", Columns.at(now))
                .map((row, context) -> new ImportId("I-" + row.getLong("number")))
                .one();
    }

    /** Appends; nobody else adds to an import that is being received. */
    static void add(Handle handle, ImportId id, List<FeedRow> rows) {
        handle.createUpdate("""
                        with grown as (
                            update stock_import set rows = rows + :count where number = :import
                            returning rows - :count as before)
                        insert into stock_import_row (import, position, line, sku, quantity, measure, id, version, kind,
                            reason, occurred_at, unreadable)
                        select :import, grown.before + n, line, sku, quantity, measure, id, version, kind, reason,
                            occurred_at, unreadable
                        from grown, unnest(cast(:line as integer[]), cast(:sku as text[]), cast(:quantity as text[]),
                            cast(:measure as text[]), cast(:id as text[]), cast(:version as text[]),
                            cast(:kind as text[]), cast(:reason as text[]), cast(:occurred_at as text[]),
                            cast(:unreadable as text[])) with ordinality
                            as given (line, sku, quantity, measure, id, version, kind, reason, occurred_at, unreadable, n)
                        """)
                .bind("import", number(id))
                .bind("count", rows.size())
                .bindArray(
                        "line", Integer.class, rows.stream().map(FeedRow::line).toArray())
                .bindArray("sku", String.class, texts(rows, Field.SKU))
                .bindArray("quantity", String.class, texts(rows, Field.QUANTITY))
                .bindArray("measure", String.class, texts(rows, Field.MEASURE))
                .bindArray("id", String.class, texts(rows, Field.ID))
                .bindArray("version", String.class, texts(rows, Field.VERSION))
                .bindArray("kind", String.class, texts(rows, Field.KIND))
                .bindArray("reason", String.class, texts(rows, Field.REASON))
                .bindArray("occurred_at", String.class, texts(rows, Field.OCCURRED_AT))
                .bindArray("unreadable", String.class, column(rows, FeedRow::unreadable))
                .execute();
    }

    private static Object[] texts(List<FeedRow> rows, Field field) {
        return column(rows, row -> row.text(field));
    }

    private static Object[] column(List<FeedRow> rows, Function<FeedRow, Optional<String>> text) {
        return rows.stream().map(row -> text.apply(row).orElse(null)).toArray();
    }

    /** What was handed over under the same name and sequence before, with its digest. */
    static Optional<Earlier> earlier(Handle handle, ImportId id) {
        return handle.createQuery("""
                        select e.number, e.digest from stock_import e join stock_import i
                            on (e.account, e.facility, e.name, e.sequence) = (i.account, i.facility, i.name, i.sequence)
                        where i.number = :import and e.state <> 'RECEIVING'
                        """)
                .bind("import", number(id))
                .map((row, context) -> new Earlier(new ImportId("I-" + row.getLong("number")), row.getString("digest")))
                .findOne();
    }

    record Earlier(ImportId id, String digest) {}

    /** Two that were received at once are taken one after the other. */
    static void lockName(Handle handle, ImportId id) {
        handle.createQuery("""
                        select pg_advisory_xact_lock(hashtextextended(
                            concat_ws('/', 'stock-import', account, facility, name, sequence), 0))
                        from stock_import where number = :import
                        """).bind("import", number(id)).mapToMap().list();
    }

    static void complete(Handle handle, ImportId id, String digest) {
        handle.createUpdate("update stock_import set state = 'BOOKING', digest = :digest where number = :import")
                .bind("import", number(id))
                .bind("digest", digest)
                .execute();
    }

    static void remove(Handle handle, ImportId id) {
        handle.createUpdate("delete from stock_import where number = :import and state = 'RECEIVING'")
                .bind("import", number(id))
                .execute();
    }

    static Optional<StockImport> find(Handle handle, ImportId id) {
        List<RefusedRow> refused = handle.createQuery(
                        "select position, line, reason from stock_import_refusal where import = :import order by"
                                + " position")
                .bind("import", number(id))
                .map((row, context) ->
                        new RefusedRow(row.getInt("position"), row.getInt("line"), row.getString("reason")))
                .list();
        return handle.createQuery("select * from stock_import where number = :import and state <> 'RECEIVING'")
                .bind("import", number(id))
                .map((row, context) -> new StockImport(
                        id,
                        feed(row),
                        progress(row),
                        refused,
                        Columns.instant(row, "received_at"),
                        Columns.optionalInstant(row, "began_at"),
                        Columns.optionalInstant(row, "ended_at")))
                .findOne();
    }

    /** An import under lock, as its booking goes on from it. */
    record Standing(WarehouseFeed feed, int position, String zeroedUpTo, Progress progress) {}

    static Standing lock(Handle handle, ImportId id) {
        return handle.createQuery(
                        "select * from stock_import where number = :import and state <> 'RECEIVING' for update")
                .bind("import", number(id))
                .map((row, context) ->
                        new Standing(feed(row), row.getInt("position"), row.getString("zeroed_up_to"), progress(row)))
                .findOne()
                .orElseThrow(() -> new IllegalStateException("there is no import " + id));
    }

    static List<FeedRow> next(Handle handle, ImportId id, int position, int atMost) {
        return handle.createQuery("""
                        select * from stock_import_row where import = :import and position > :position
                        order by position limit :most
                        """)
                .bind("import", number(id))
                .bind("position", position)
                .bind("most", atMost)
                .map((row, context) -> row(row))
                .list();
    }

    private static FeedRow row(ResultSet row) throws SQLException {
        Map<Field, String> fields = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            Columns.optionalText(row, field.column()).ifPresent(text -> fields.put(field, text));
        }
        return new FeedRow(row.getInt("line"), fields, Columns.optionalText(row, "unreadable"));
    }

    static void refuse(Handle handle, ImportId id, List<RefusedRow> refused) {
        handle.createUpdate("""
                        insert into stock_import_refusal (import, position, line, reason)
                        select :import, position, line, reason
                        from unnest(cast(:rows as integer[]), cast(:lines as integer[]), cast(:reasons as text[]))
                            as refused (position, line, reason)
                        """)
                .bindArray(
                        "rows",
                        Integer.class,
                        refused.stream().map(RefusedRow::row).toArray())
                .bind("import", number(id))
                .bindArray(
                        "lines",
                        Integer.class,
                        refused.stream().map(RefusedRow::line).toArray())
                .bindArray(
                        "reasons",
                        String.class,
                        refused.stream().map(RefusedRow::reason).toArray())
                .execute();
    }

    /** Moves the position by what these bookings and refusals came to. */
    static void advance(Handle handle, ImportId id, Map<Booking.Verdict, Long> verdicts, int refused, Instant now) {
        handle.createUpdate("""
                        update stock_import set began_at = coalesce(began_at, :now),
                            position = position + :booked + :covered + :observed + :known + :refused,
                            booked = booked + :booked, covered = covered + :covered, observed = observed + :observed,
                            known = known + :known, refused = refused + :refused
                        where number = :import
                        """)
                .bind("import", number(id))
                .bind("now", Columns.at(now))
                .bind("booked", count(verdicts, Booking.Verdict.BOOKED))
                .bind("covered", count(verdicts, Booking.Verdict.COVERED))
                .bind("observed", count(verdicts, Booking.Verdict.OBSERVED) + count(verdicts, Booking.Verdict.ECHO))
                .bind("known", count(verdicts, Booking.Verdict.KNOWN))
                .bind("refused", refused)
                .execute();
    }

    private static int count(Map<Booking.Verdict, Long> verdicts, Booking.Verdict verdict) {
        return Math.toIntExact(verdicts.getOrDefault(verdict, 0L));
    }

    /** SKUs that have ever had stock at the facility and that the import doesn't name. */
    static List<Sku> unnamed(Handle handle, ImportId id, FacilityId facility, String after, int atMost) {
        return handle.createQuery("""
                        select b.sku from stock_balance b
                        where b.facility = :facility and b.sku > :after
                            and not exists (select from stock_import_row r where r.import = :import and r.sku = b.sku)
                        order by b.sku limit :most
                        """)
                .bind("import", number(id))
                .bind("facility", facility.value())
                .bind("after", after)
                .bind("most", atMost)
                .map((row, context) -> Sku.of(row.getString("sku")))
                .list();
    }

    static void zeroed(Handle handle, ImportId id, List<Sku> skus) {
        handle.createUpdate("""
                        update stock_import set zeroed = zeroed + :count, zeroed_up_to = :last where number = :import
                        """)
                .bind("import", number(id))
                .bind("count", skus.size())
                .bind("last", skus.getLast().value())
                .execute();
    }

    static void done(Handle handle, ImportId id, Instant now) {
        handle.createUpdate("""
                        with taken as (delete from stock_import_row where import = :import)
                        update stock_import set state = 'DONE', began_at = coalesce(began_at, :now), ended_at = :now
                        where number = :import
                        """)
                .bind("import", number(id))
                .bind("now", Columns.at(now))
                .execute();
    }

    static long number(ImportId id) {
        return Long.parseLong(id.value().substring(2));
    }

    private static WarehouseFeed feed(ResultSet row) throws SQLException {
        return new WarehouseFeed(
                AccountId.of(row.getString("account")),
                new FacilityId(row.getString("facility")),
                row.getString("name"),
                row.getLong("sequence"),
                Mode.valueOf(row.getString("mode")),
                Columns.optionalInstant(row, "as_of"),
                Unnamed.valueOf(row.getString("unnamed")));
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                row.getInt("rows"),
                row.getInt("position"),
                row.getInt("booked"),
                row.getInt("covered"),
                row.getInt("observed"),
                row.getInt("known"),
                row.getInt("refused"),
                row.getInt("zeroed"),
                row.getString("state").equals("DONE"));
    }
}
