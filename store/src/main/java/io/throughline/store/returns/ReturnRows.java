package io.throughline.store.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.PassedOn;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnFilter;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnParcelId;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.SendBackReason;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads returns from their rows. */
final class ReturnRows {
    private static final String SELECT = """
        select r.id, o.account, o.external_id, r.order_version, r.cause, r.way, r.store, r.refund_to, r.policy, r.refund_first,
            r.asked_by, r.authorised_at, r.due_at, r.refused_at, r.refused_by, r.money_ended_at, r.closed_at,
            (select p.content #>> '{}' from person p where p.ref = 'N-' || r.id) as refusal,
            array(select jsonb_array_elements_text(p.content) from person p
                where p.ref = 'F-' || r.id and p.content is not null) as photos,
            f.body, f.needs_second_person, f.approved_by, f.reference, f.ours, f.issued_at, f.confirmed_at,
            (select coalesce(max(x.refund), 0) from return_refund_failure x where x.return_id = r.id) as failures,
            array(select x.transaction from return_refund_failure x where x.return_id = r.id) as failed
        from goods_return r join customer_order o on o.id = r.order_id
            left join return_refund f on f.return_id = r.id
        """;

    private ReturnRows() {}

    static Optional<Return> find(Handle handle, ReturnId id) {
        return read(handle, handle.createQuery(SELECT + "where r.id = :id").bind("id", id.value())).stream()
                .findFirst();
    }

    static List<Return> ofOrder(Handle handle, OrderId order) {
        return read(
                handle,
                handle.createQuery(SELECT + "where r.order_id = :order order by r.ordinal")
                        .bind("order", order.value()));
    }

    static List<Return> recent(Handle handle, int limit) {
        return read(
                handle,
                handle.createQuery(SELECT + "order by r.authorised_at desc, r.id limit :limit")
                        .bind("limit", limit));
    }

    static List<Return> list(Handle handle, ReturnFilter filter) {
        return read(handle, ReturnQuery.of(handle, SELECT, filter));
    }

    private static List<Return> read(Handle handle, Query query) {
        List<Return> heads = query.map((row, context) -> head(row)).list();
        if (heads.isEmpty()) {
            return heads;
        }
        List<String> ids = heads.stream().map(one -> one.id().value()).toList();
        Map<String, List<Return.Line>> lines = lines(handle, ids);
        Map<String, List<Return.Unexpected>> unexpected = unexpected(handle, ids);
        Map<String, Map<String, String>> transactions = transactions(handle, ids);
        Map<String, Map<String, MoneyBag>> exchanged = exchanged(handle, ids);
        Map<String, List<PassedOn>> passedOn = PassedOnRows.of(handle, ids);
        Map<String, List<ReturnParcel>> parcels = ReturnParcelRows.ofReturns(handle, ids);
        return heads.stream()
                .map(head -> whole(
                        head,
                        lines.getOrDefault(head.id().value(), List.of()),
                        unexpected.getOrDefault(head.id().value(), List.of()),
                        transactions.getOrDefault(head.id().value(), Map.of()),
                        exchanged.getOrDefault(head.id().value(), Map.of()),
                        passedOn.getOrDefault(head.id().value(), List.of()),
                        parcels.getOrDefault(head.id().value(), List.of())))
                .toList();
    }

    private static Return whole(
            Return head,
            List<Return.Line> lines,
            List<Return.Unexpected> unexpected,
            Map<String, String> transactions,
            Map<String, MoneyBag> exchanged,
            List<PassedOn> passedOn,
            List<ReturnParcel> parcels) {
        return new Return(
                head.id(),
                head.order(),
                head.orderVersion(),
                head.cause(),
                head.to(),
                head.refundTo(),
                head.policyVersion(),
                head.refundFirst(),
                head.askedBy(),
                head.authorisedAt(),
                head.dueAt(),
                lines,
                unexpected,
                head.refused(),
                head.repayment().map(repayment -> withParts(repayment, transactions, exchanged, passedOn)),
                head.moneyEndedAt(),
                head.closedAt(),
                parcels);
    }

    private static Return.Repayment withParts(
            Return.Repayment repayment,
            Map<String, String> transactions,
            Map<String, MoneyBag> exchanged,
            List<PassedOn> passedOn) {
        return new Return.Repayment(
                repayment.refund(),
                repayment.needsSecondPerson(),
                repayment.approvedBy(),
                repayment
                        .issued()
                        .map(issued -> new Return.Issued(issued.reference(), transactions, issued.ours(), issued.at())),
                repayment.confirmed(),
                repayment.earlier().refunds() == 0
                        ? Return.Earlier.none()
                        : new Return.Earlier(
                                repayment.earlier().refunds(),
                                transactions,
                                repayment.earlier().failed()),
                exchanged,
                passedOn);
    }

    private static Return head(ResultSet row) throws SQLException {
        return new Return(
                new ReturnId(row.getString("id")),
                new OrderKey(AccountId.of(row.getString("account")), row.getString("external_id")),
                row.getInt("order_version"),
                cause(row),
                to(row),
                RefundTo.valueOf(row.getString("refund_to")),
                row.getString("policy"),
                row.getBoolean("refund_first"),
                row.getString("asked_by"),
                Columns.instant(row, "authorised_at"),
                Columns.instant(row, "due_at"),
                List.of(),
                List.of(),
                refused(row),
                repayment(row),
                Columns.optionalInstant(row, "money_ended_at"),
                Columns.optionalInstant(row, "closed_at"),
                List.of());
    }

    /** What is kept of a cause with the return itself: its photos may show a person, or be named after one. */
    static String impersonal(ReturnCause cause) {
        return CanonicalJson.write(cause instanceof ReturnCause.Claim claim ? claim.withPhotos(List.of()) : cause);
    }

    private static ReturnCause cause(ResultSet row) throws SQLException {
        ReturnCause kept = CanonicalJson.read(row.getString("cause"), ReturnCause.class);
        return kept instanceof ReturnCause.Claim claim ? claim.withPhotos(List.of(texts(row, "photos"))) : kept;
    }

    static String way(ReturnedTo to) {
        return switch (to) {
            case ReturnedTo.ByMail mail -> "BY_MAIL";
            case ReturnedTo.InStore store -> "IN_STORE";
            case ReturnedTo.ByCarrier carrier -> "BY_CARRIER";
            case ReturnedTo.Never never -> "NEVER";
        };
    }

    private static ReturnedTo to(ResultSet row) throws SQLException {
        return switch (row.getString("way")) {
            case "BY_MAIL" -> new ReturnedTo.ByMail();
            case "IN_STORE" -> new ReturnedTo.InStore(new FacilityId(row.getString("store")));
            case "BY_CARRIER" -> new ReturnedTo.ByCarrier();
            case "NEVER" -> new ReturnedTo.Never();
            default -> throw new IllegalStateException("goods come back by no such way: " + row.getString("way"));
        };
    }

    private static Optional<Return.Refused> refused(ResultSet row) throws SQLException {
        return Columns.optionalInstant(row, "refused_at").isEmpty()
                ? Optional.empty()
                : Optional.of(new Return.Refused(
                        Columns.instant(row, "refused_at"),
                        row.getString("refused_by"),
                        Columns.optionalText(row, "refusal")));
    }

    private static Optional<Return.Repayment> repayment(ResultSet row) throws SQLException {
        Optional<String> body = Columns.optionalText(row, "body");
        return body.isEmpty()
                ? Optional.empty()
                : Optional.of(new Return.Repayment(
                        CanonicalJson.read(body.get(), Refund.class),
                        row.getBoolean("needs_second_person"),
                        Columns.optionalText(row, "approved_by"),
                        issued(row),
                        Columns.optionalInstant(row, "confirmed_at").isPresent(),
                        new Return.Earlier(row.getInt("failures"), Map.of(), Set.of(texts(row, "failed")))));
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static Optional<Return.Issued> issued(ResultSet row) throws SQLException {
        return Columns.optionalInstant(row, "issued_at").isEmpty()
                ? Optional.empty()
                : Optional.of(new Return.Issued(
                        row.getString("reference"),
                        Map.of(),
                        row.getBoolean("ours"),
                        Columns.instant(row, "issued_at")));
    }

    private record Of<T>(String id, T part) {}

    private static <T> Map<String, List<T>> grouped(List<Of<T>> parts) {
        return parts.stream().collect(Collectors.groupingBy(Of::id, Collectors.mapping(Of::part, Collectors.toList())));
    }

    private static Map<String, List<Return.Line>> lines(Handle handle, List<String> ids) {
        Map<String, List<Return.Inspection>> inspections = inspections(handle, ids);
        return grouped(handle.createQuery("""
            select return_id, number, line_id, sku, reason, claimed, authorised, received, missing
            from return_line where return_id = any(cast(:ids as text[])) order by return_id, number
            """)
                .bindArray("ids", String.class, ids)
                .map((row, context) -> new Of<>(
                        row.getString("return_id"),
                        new Return.Line(
                                row.getInt("number"),
                                row.getString("line_id"),
                                Sku.of(row.getString("sku")),
                                ReturnReason.valueOf(row.getString("reason")),
                                Columns.optionalText(row, "claimed").map(ConditionGrade::new),
                                row.getInt("authorised"),
                                row.getInt("received"),
                                row.getInt("missing"),
                                inspections.getOrDefault(
                                        row.getString("return_id") + "/" + row.getInt("number"), List.of()))))
                .list());
    }

    /** By the return and the number of its line. */
    private static Map<String, List<Return.Inspection>> inspections(Handle handle, List<String> ids) {
        return grouped(handle.createQuery("""
            select return_id || '/' || line as of_line, number, facility, quantity, grade, disposition,
                inspected_at, booked_at, reason, parcel, stocked_as
            from return_inspection where return_id = any(cast(:ids as text[])) order by number
            """)
                .bindArray("ids", String.class, ids)
                .map((row, context) -> new Of<>(
                        row.getString("of_line"),
                        new Return.Inspection(
                                row.getLong("number"),
                                new FacilityId(row.getString("facility")),
                                row.getInt("quantity"),
                                new ConditionGrade(row.getString("grade")),
                                Disposition.valueOf(row.getString("disposition")),
                                Columns.instant(row, "inspected_at"),
                                Columns.optionalInstant(row, "booked_at").isPresent(),
                                sentBack(row),
                                Columns.optionalText(row, "stocked_as").map(Disposition::valueOf))))
                .list());
    }

    private static Optional<Return.SentBack> sentBack(ResultSet row) throws SQLException {
        Optional<String> reason = Columns.optionalText(row, "reason");
        return reason.isEmpty()
                ? Optional.empty()
                : Optional.of(new Return.SentBack(
                        SendBackReason.valueOf(reason.get()), new ReturnParcelId(row.getString("parcel"))));
    }

    private static Map<String, List<Return.Unexpected>> unexpected(Handle handle, List<String> ids) {
        return grouped(handle.createQuery("""
            select r.return_id, l.line_id, l.sku, l.quantity, r.facility
            from return_receipt r join return_receipt_line l on l.receipt = r.number
            where l.unexpected and r.return_id = any(cast(:ids as text[])) order by r.number, l.line_id
            """)
                .bindArray("ids", String.class, ids)
                .map((row, context) -> new Of<>(
                        row.getString("return_id"),
                        new Return.Unexpected(
                                row.getString("line_id"),
                                Sku.of(row.getString("sku")),
                                row.getInt("quantity"),
                                new FacilityId(row.getString("facility")))))
                .list());
    }

    private static Map<String, Map<String, String>> transactions(Handle handle, List<String> ids) {
        Map<String, Map<String, String>> found = new HashMap<>();
        handle.createQuery("""
            select return_id, payment, transaction from return_refund_tender
            where transaction is not null and return_id = any(cast(:ids as text[]))
            """).bindArray("ids", String.class, ids).reduceRows(found, (all, row) -> {
            all.computeIfAbsent(row.getColumn("return_id", String.class), first -> new HashMap<>())
                    .put(row.getColumn("payment", String.class), row.getColumn("transaction", String.class));
            return all;
        });
        return found;
    }

    /** By return and payment. */
    private static Map<String, Map<String, MoneyBag>> exchanged(Handle handle, List<String> ids) {
        Map<String, Map<String, MoneyBag>> found = new HashMap<>();
        handle.createQuery("""
            select t.return_id, t.payment, t.exchanged, t.exchanged_presentment,
                f.body ->> 'currency' as currency, f.body ->> 'presentmentCurrency' as presentment_currency
            from return_refund_tender t join return_refund f on f.return_id = t.return_id
            where t.exchanged > 0 and t.return_id = any(cast(:ids as text[]))
            """).bindArray("ids", String.class, ids).reduceRows(found, (all, row) -> {
            all.computeIfAbsent(row.getColumn("return_id", String.class), first -> new HashMap<>())
                    .put(
                            row.getColumn("payment", String.class),
                            new MoneyBag(
                                    Money.ofMinor(
                                            row.getColumn("exchanged", Long.class),
                                            CurrencyCode.of(row.getColumn("currency", String.class))),
                                    Money.ofMinor(
                                            row.getColumn("exchanged_presentment", Long.class),
                                            CurrencyCode.of(row.getColumn("presentment_currency", String.class)))));
            return all;
        });
        return found;
    }
}
