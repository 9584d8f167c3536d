package io.throughline.store.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.counter.SerialNumber;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The rows of {@code counter_return}, its lines and its parts. */
final class CounterRows {
    private static final String SELECT = "select * from counter_return ";

    private CounterRows() {}

    /** A return as it stands, beside what only its booking needs to know. */
    record Row(CounterReturn returned, boolean taxesIncluded, int booked) {}

    static Optional<Row> find(Handle handle, CounterReturnId id) {
        return read(handle, handle.createQuery(SELECT + "where id = :id").bind("id", id.value())).stream()
                .findFirst();
    }

    /** Until the transaction ends nobody else changes it. */
    static Row locked(Handle handle, CounterReturnId id) {
        handle.createQuery("select id from counter_return where id = :id for no key update")
                .bind("id", id.value())
                .mapTo(String.class)
                .one();
        return find(handle, id).orElseThrow();
    }

    static List<Row> ofSale(Handle handle, SaleName sale) {
        return read(
                handle,
                handle.createQuery(SELECT + "where sale_facility = :store and sale_id = :id order by taken_at, id")
                        .bind("store", sale.store().value())
                        .bind("id", sale.id()));
    }

    /** Whether a person has said of a refund by any of these names that it is for other goods than the return's. */
    static boolean isForOthers(Handle handle, CounterReturnId id, List<String> names) {
        return handle.createQuery("""
                        select exists (select from counter_refund_for_others
                            where return_id = :id and reference = any(cast(:names as text[])))
                        """)
                .bind("id", id.value())
                .bindArray("names", String.class, names)
                .mapTo(Boolean.class)
                .one();
    }

    /** By name, what the other ones of these have been given: a refund is one return's alone. */
    static Stream<String> givenToOthers(List<Row> returns, CounterReturnId id) {
        return returns.stream()
                .map(Row::returned)
                .filter(other -> !other.id().equals(id))
                .flatMap(other -> other.parts().stream())
                .flatMap(part -> part.given().stream())
                .map(Given::reference);
    }

    static List<Row> recent(Handle handle, int limit) {
        return read(
                handle,
                handle.createQuery(SELECT + "order by taken_at desc, id limit :limit")
                        .bind("limit", limit));
    }

    static List<Row> onTheirWay(Handle handle) {
        return read(handle, handle.createQuery(SELECT + """
            where closed_at is null and id in (
                select return_id from counter_return_part where given_at is not null and confirmed_at is null)
            """));
    }

    private static List<Row> read(Handle handle, Query query) {
        List<Row> heads = query.map((row, context) -> head(row)).list();
        List<String> ids =
                heads.stream().map(one -> one.returned().id().value()).toList();
        Map<String, List<CounterReturn.Line>> lines = lines(handle, ids);
        Map<String, List<Part>> parts = parts(handle, ids);
        return heads.stream()
                .map(head -> whole(
                        head,
                        lines.getOrDefault(head.returned().id().value(), List.of()),
                        parts.getOrDefault(head.returned().id().value(), List.of())))
                .toList();
    }

    private static Row head(ResultSet row) throws SQLException {
        return new Row(
                new CounterReturn(
                        new CounterReturnId(row.getString("id")),
                        origin(row),
                        new FacilityId(row.getString("store")),
                        row.getString("policy"),
                        RefundTo.valueOf(row.getString("refund_to")),
                        row.getString("asked_by"),
                        Columns.instant(row, "taken_at"),
                        List.of(),
                        CanonicalJson.read(row.getString("refund"), Refund.class),
                        row.getBoolean("needs_second_person"),
                        Columns.optionalText(row, "approved_by"),
                        Columns.optionalInstant(row, "approved_at"),
                        Columns.optionalInstant(row, "refused_at"),
                        List.of(),
                        Columns.optionalInstant(row, "closed_at")),
                row.getBoolean("taxes_included"),
                row.getInt("booked"));
    }

    private static Origin origin(ResultSet row) throws SQLException {
        Optional<String> blind = Columns.optionalText(row, "blind");
        return blind.isPresent()
                ? CanonicalJson.read(blind.get(), Origin.Unreceipted.class)
                : new Origin.OfSale(
                        new SaleName(new FacilityId(row.getString("sale_facility")), row.getString("sale_id")));
    }

    private static Row whole(Row head, List<CounterReturn.Line> lines, List<Part> parts) {
        CounterReturn one = head.returned();
        return new Row(
                new CounterReturn(
                        one.id(),
                        one.origin(),
                        one.store(),
                        one.policyVersion(),
                        one.refundTo(),
                        one.askedBy(),
                        one.takenAt(),
                        lines,
                        one.refund(),
                        one.needsSecondPerson(),
                        one.approvedBy(),
                        one.approvedAt(),
                        one.refusedAt(),
                        parts,
                        one.closedAt()),
                head.taxesIncluded(),
                head.booked());
    }

    private static Map<String, List<CounterReturn.Line>> lines(Handle handle, List<String> ids) {
        Map<String, List<CounterReturn.Line>> lines = new HashMap<>();
        handle.createQuery("""
            select * from counter_return_line where return_id = any(cast(:ids as text[])) order by return_id, number
            """)
                .bindArray("ids", String.class, ids)
                .map((row, context) -> Map.entry(
                        row.getString("return_id"),
                        new CounterReturn.Line(
                                row.getInt("number"),
                                row.getInt("sold_line"),
                                Sku.of(row.getString("sku")),
                                row.getString("title"),
                                row.getInt("quantity"),
                                ReturnReason.valueOf(row.getString("reason")),
                                new ConditionGrade(row.getString("grade")),
                                Disposition.valueOf(row.getString("disposition")),
                                Columns.optionalText(row, "serial").map(SerialNumber::new))))
                .forEach(line -> lines.computeIfAbsent(line.getKey(), first -> new ArrayList<>())
                        .add(line.getValue()));
        return lines;
    }

    private static Map<String, List<Part>> parts(Handle handle, List<String> ids) {
        Map<String, List<Part>> parts = new HashMap<>();
        handle.createQuery("""
            select * from counter_return_part where return_id = any(cast(:ids as text[])) order by return_id, number
            """)
                .bindArray("ids", String.class, ids)
                .map((row, context) -> Map.entry(
                        row.getString("return_id"),
                        new Part(
                                row.getInt("number"),
                                row.getString("payment"),
                                row.getString("gateway"),
                                Money.ofMinor(row.getLong("amount"), CurrencyCode.of(row.getString("currency"))),
                                Way.valueOf(row.getString("way")),
                                given(row),
                                Columns.optionalInstant(row, "confirmed_at").isPresent())))
                .forEach(part -> parts.computeIfAbsent(part.getKey(), first -> new ArrayList<>())
                        .add(part.getValue()));
        return parts;
    }

    private static Optional<Given> given(ResultSet row) throws SQLException {
        Optional<Instant> at = Columns.optionalInstant(row, "given_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new Given(
                        row.getString("reference"), row.getBoolean("ours"), row.getString("given_by"), at.get()));
    }

    /** What is told once, however often it is sent. */
    record Sent(CounterReturnId id, boolean same) {}

    static Optional<Sent> sent(Handle handle, Submission submission) {
        return handle.createQuery("""
            select id, body_hash from counter_return where client = :client and idempotency_key = :key
            """)
                .bind("client", submission.by().owner())
                .bind("key", submission.key())
                .map((row, context) -> new Sent(
                        new CounterReturnId(row.getString("id")),
                        row.getString("body_hash").equals(submission.bodyHash())))
                .findOne();
    }

    /** What is new of a return, whether its sale is known or not. */
    record Fresh(
            CounterReturnId id,
            Submission submission,
            Origin origin,
            FacilityId store,
            String policyVersion,
            RefundTo refundTo,
            boolean taxesIncluded,
            Refund refund,
            boolean needsSecondPerson,
            List<CounterReturn.Line> lines,
            List<Part> parts) {}

    static void insert(Handle handle, Fresh fresh, Instant now) {
        Optional<SaleName> sale =
                fresh.origin() instanceof Origin.OfSale(SaleName known) ? Optional.of(known) : Optional.empty();
        handle.createUpdate("""
            insert into counter_return (id, client, idempotency_key, body_hash, sale_facility, sale_id, store, policy,
                refund_to, asked_by, taken_at, taxes_included, refund, needs_second_person, blind)
            values (:id, :client, :key, :hash, :saleFacility, :sale, :store, :policy, :refundTo, :client, :now,
                :taxesIncluded, cast(:refund as jsonb), :secondPerson, cast(:blind as jsonb))
            """)
                .bind("id", fresh.id().value())
                .bind("client", fresh.submission().by().owner())
                .bind("key", fresh.submission().key())
                .bind("hash", fresh.submission().bodyHash())
                .bind("saleFacility", sale.map(known -> known.store().value()).orElse(null))
                .bind("sale", sale.map(SaleName::id).orElse(null))
                .bind("store", fresh.store().value())
                .bind("policy", fresh.policyVersion())
                .bind("refundTo", fresh.refundTo().name())
                .bind("now", Columns.at(now))
                .bind("taxesIncluded", fresh.taxesIncluded())
                .bind("refund", CanonicalJson.write(fresh.refund()))
                .bind("secondPerson", fresh.needsSecondPerson())
                .bind("blind", fresh.origin() instanceof Origin.Unreceipted blind ? CanonicalJson.write(blind) : null)
                .execute();
        fresh.lines().forEach(line -> insert(handle, fresh.id(), line));
        fresh.parts().forEach(part -> insert(handle, fresh.id(), part));
    }

    private static void insert(Handle handle, CounterReturnId id, CounterReturn.Line line) {
        handle.createUpdate("""
            insert into counter_return_line (return_id, number, sold_line, sku, title, quantity, reason, grade,
                disposition, serial)
            values (:id, :number, :soldLine, :sku, :title, :quantity, :reason, :grade, :disposition, :serial)
            """)
                .bind("id", id.value())
                .bind("number", line.number())
                .bind("soldLine", line.soldLine())
                .bind("sku", line.sku().value())
                .bind("title", line.title())
                .bind("quantity", line.quantity())
                .bind("reason", line.reason())
                .bind("grade", line.grade().name())
                .bind("disposition", line.disposition())
                .bind("serial", line.serial().map(SerialNumber::value).orElse(null))
                .execute();
    }

    private static void insert(Handle handle, CounterReturnId id, Part part) {
        handle.createUpdate("""
            insert into counter_return_part (return_id, number, payment, gateway, amount, currency, way)
            values (:id, :number, :payment, :gateway, :amount, :currency, :way)
            """)
                .bind("id", id.value())
                .bind("number", part.number())
                .bind("payment", part.payment())
                .bind("gateway", part.gateway())
                .bind("amount", part.amount().minor())
                .bind("currency", part.amount().currency().code())
                .bind("way", part.way())
                .execute();
    }

    /** False: it was given before. */
    static boolean give(Handle handle, CounterReturnId id, int part, Given given, boolean confirmed) {
        return handle.createUpdate("""
            update counter_return_part set reference = :reference, ours = :ours, given_by = :by, given_at = :at,
                confirmed_at = case when :confirmed then :at end
            where return_id = :id and number = :part and given_at is null
            """)
                        .bind("reference", given.reference())
                        .bind("ours", given.ours())
                        .bind("by", given.by())
                        .bind("at", Columns.at(given.at()))
                        .bind("confirmed", confirmed)
                        .bind("id", id.value())
                        .bind("part", part)
                        .execute()
                == 1;
    }
}
