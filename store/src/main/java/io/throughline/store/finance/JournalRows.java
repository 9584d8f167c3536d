package io.throughline.store.finance;

import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The rows of {@code journal} and {@code journal_line}. */
final class JournalRows {
    private static final String SELECT = """
        select j.reference, j.order_id, j.store_day, j.return_id, j.stock_place, j.kind, j.business_date, j.currency, j.status, j.document_number,
            l.role, l.detail, l.debit, l.credit
        from journal j join journal_line l on l.reference = j.reference
        """;

    private static final String WHERE_SUBJECT =
            "(j.order_id = :subject or j.store_day = :subject or j.return_id = :subject or j.stock_place = :subject)";

    private JournalRows() {}

    /** False: the reference is taken. */
    static boolean insert(Handle handle, Journal journal, Instant now) {
        boolean first = handle.createUpdate("""
            insert into journal (reference, order_id, store_day, return_id, stock_place, kind, business_date, currency, stored_at)
            values (:reference, :order, :day, :return, :place, :kind, :date, :currency, :now)
            on conflict (reference) do nothing
            """)
                        .bind("reference", journal.reference())
                        .bind("order", nameIf(OrderId.class, journal.subject()))
                        .bind("day", nameIf(StoreDayId.class, journal.subject()))
                        .bind("return", nameIf(ReturnId.class, journal.subject()))
                        .bind("place", nameIf(StockSubject.class, journal.subject()))
                        .bind("kind", journal.kind())
                        .bind("date", journal.businessDate())
                        .bind("currency", journal.currency().code())
                        .bind("now", Columns.at(now))
                        .execute()
                == 1;
        if (first) {
            insertLines(handle, journal);
        }
        return first;
    }

    private static void insertLines(Handle handle, Journal journal) {
        PreparedBatch batch = handle.prepareBatch("""
            insert into journal_line (reference, number, role, detail, currency, debit, credit)
            values (:reference, :number, :role, :detail, :currency, :debit, :credit)
            """);
        int number = 0;
        for (JournalLine line : journal.lines()) {
            number++;
            batch.bind("reference", journal.reference())
                    .bind("number", number)
                    .bind("role", line.account().role())
                    .bind("detail", line.account().detail())
                    .bind("currency", journal.currency().code())
                    .bind("debit", line.debit().minor())
                    .bind("credit", line.credit().minor())
                    .add();
        }
        batch.execute();
    }

    static Optional<Posting> find(Handle handle, String reference) {
        return postings(handle.createQuery(SELECT + "where j.reference = :reference order by l.number")
                        .bind("reference", reference))
                .stream()
                .findFirst();
    }

    static List<Posting> of(Handle handle, PostingSubject subject) {
        return postings(handle.createQuery(SELECT + "where " + WHERE_SUBJECT + " order by j.number, l.number")
                .bind("subject", subject.value()));
    }

    /** The subject's name if it is of that kind: each kind has a column of its own. */
    private static @Nullable String nameIf(Class<? extends PostingSubject> kind, PostingSubject subject) {
        return kind.isInstance(subject) ? subject.value() : null;
    }

    static List<String> references(Handle handle, OrderId order, Journal.Kind kind) {
        return handle.createQuery(
                        "select reference from journal where order_id = :order and kind = :kind order by number")
                .bind("order", order.value())
                .bind("kind", kind)
                .mapTo(String.class)
                .list();
    }

    private record Head(
            PostingSubject subject,
            Journal.Kind kind,
            LocalDate date,
            CurrencyCode currency,
            PostingStatus status,
            Optional<String> document) {}

    private static List<Posting> postings(Query query) {
        Map<String, Head> heads = new LinkedHashMap<>();
        Map<String, List<JournalLine>> lines = new LinkedHashMap<>();
        query.map((row, context) -> {
                    String reference = row.getString("reference");
                    Head head = head(row);
                    heads.putIfAbsent(reference, head);
                    return lines.computeIfAbsent(reference, first -> new ArrayList<>())
                            .add(line(row, head.currency()));
                })
                .list();
        return heads.entrySet().stream()
                .map(entry -> posting(entry.getKey(), entry.getValue(), lines.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    private static Posting posting(String reference, Head head, List<JournalLine> lines) {
        return new Posting(
                new Journal(reference, head.subject(), head.kind(), head.date(), head.currency(), lines),
                head.status(),
                head.document());
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                subject(row),
                Journal.Kind.valueOf(row.getString("kind")),
                row.getObject("business_date", LocalDate.class),
                CurrencyCode.of(row.getString("currency")),
                PostingStatus.valueOf(row.getString("status")),
                Columns.optionalText(row, "document_number"));
    }

    private static PostingSubject subject(ResultSet row) throws SQLException {
        Optional<String> order = Columns.optionalText(row, "order_id");
        if (order.isPresent()) {
            return new OrderId(order.get());
        }
        Optional<String> returned = Columns.optionalText(row, "return_id");
        if (returned.isPresent()) {
            return new ReturnId(returned.get());
        }
        Optional<String> place = Columns.optionalText(row, "stock_place");
        return place.isPresent()
                ? StockSubject.of(place.get()).orElseThrow()
                : StoreDayId.of(row.getString("store_day")).orElseThrow();
    }

    private static JournalLine line(ResultSet row, CurrencyCode currency) throws SQLException {
        return new JournalLine(
                new LedgerAccount(LedgerAccount.Role.valueOf(row.getString("role")), row.getString("detail")),
                Money.ofMinor(row.getLong("debit"), currency),
                Money.ofMinor(row.getLong("credit"), currency));
    }
}
