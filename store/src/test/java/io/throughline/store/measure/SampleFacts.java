package io.throughline.store.measure;

import static io.throughline.store.internal.Columns.at;

import io.throughline.domain.failure.FailureCode;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Writes facts as they stand after whatever led there, so that what is to be counted can be read beside the count. */
final class SampleFacts {
    static final String SHOP = "northwind";
    static final String OTHER_SHOP = "northwind-jp";
    static final String WAREHOUSE = "WH-EAST";
    static final String STORE = "ST-HARBOR";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Jdbi tables;

    SampleFacts(Jdbi tables) {
        this.tables = tables;
    }

    String order(String account, Instant receivedAt, String status, String posting) {
        int number = NUMBERS.incrementAndGet();
        String id = "O-" + String.format("%010d", number);
        tables.useHandle(handle -> handle.execute(
                """
                insert into customer_order (id, account, external_id, channel, name, status, payment, posting, received_at,
                    changed_at)
                values (?, ?, ?, 'WEB', '#1', ?, 'CAPTURED', ?, ?, ?)
                """, id, account, Integer.toString(number), status, posting, at(receivedAt), at(receivedAt)));
        return id;
    }

    /** Gives the work's id. */
    String work(String order, int ordinal, String facility, String status) {
        String id = order + "-F" + ordinal;
        tables.useHandle(handle -> handle.execute("""
                insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines)
                values (?, ?, ?, ?, 'SHIPPING', ?, '[]')
                """, id, order, ordinal, facility, status));
        return id;
    }

    void effect(String account, String subject, String operation, String state, int attempts, Instant changedAt) {
        boolean told = state.equals("SUCCEEDED") || state.equals("SHADOWED");
        boolean failed = state.equals("REFUSED") || state.equals("UNKNOWN");
        tables.useHandle(handle -> handle.execute(
                """
                insert into effect (account, subject, line, operation, intent, purpose, state, system, token, attempts, receipt,
                    code, lease_until, changed_at)
                values (?, ?, ?, ?, 1, 'once', ?, 'TRYTON', 1, ?, cast(? as jsonb), ?, ?, ?)
                """,
                account,
                subject,
                subject,
                operation,
                state,
                attempts,
                told ? "{}" : null,
                failed ? "ERP_REJECTED" : null,
                state.equals("LEASED") ? at(changedAt) : null,
                at(changedAt)));
    }

    void openCase(String account, String subject, String step, FailureCode code, Instant openedAt) {
        support(account, subject, step, code, openedAt, null, false);
    }

    void closedCase(
            String account, String subject, FailureCode code, Instant openedAt, Instant closedAt, boolean decided) {
        support(account, subject, "step " + NUMBERS.incrementAndGet(), code, openedAt, closedAt, decided);
    }

    private void support(
            String account,
            String subject,
            String step,
            FailureCode code,
            Instant openedAt,
            @Nullable Instant closedAt,
            boolean decided) {
        tables.useHandle(handle -> handle.execute(
                """
                insert into support_case (account, subject, step, code, detail, fingerprint, status, opened_at, at_risk_at, due_at, decision, closed_at)
                values (?, ?, ?, ?, '', '', ?, ?, ?, ?, cast(? as jsonb), ?)
                """,
                account,
                subject,
                step,
                code.name(),
                closedAt == null ? "OPEN" : "CLOSED",
                at(openedAt),
                at(openedAt.plus(code.target().multipliedBy(4).dividedBy(5))),
                at(openedAt.plus(code.target())),
                decided ? "{\"action\":\"RETRY\"}" : null,
                closedAt == null ? null : at(closedAt)));
    }

    void journal(String order, String kind, String status, Instant storedAt) {
        journal("order_id", order, kind, status, storedAt);
    }

    void dayJournal(String facility, String date, String kind, String status, Instant storedAt) {
        journal("store_day", "store-day/" + facility + "/" + date, kind, status, storedAt);
    }

    private void journal(String column, String subject, String kind, String status, Instant storedAt) {
        String reference = "J-" + NUMBERS.incrementAndGet();
        tables.useTransaction(handle -> {
            handle.execute("""
                    insert into journal (reference, %s, kind, business_date, currency, status, document_number, stored_at)
                    values (?, ?, ?, '2026-11-23', 'USD', ?, ?, ?)
                    """.formatted(column), reference, subject, kind, status, reference, at(storedAt));
            handle.execute("""
                    insert into journal_line (reference, number, role, detail, currency, debit, credit)
                    values (?, 1, 'RECEIVABLE', '', 'USD', 100, 0), (?, 2, 'REVENUE', '', 'USD', 0, 100)
                    """, reference, reference);
        });
    }

    /** Of a return of the order, which is its first. */
    void refundOfReturn(String order, String status, Instant storedAt) {
        String id = order + "-R1";
        tables.useHandle(handle -> handle.execute("""
                insert into goods_return (id, order_id, ordinal, order_version, policy, refund_first, asked_by, authorised_at, due_at)
                values (?, ?, 1, 1, 'returns-1', false, 'key', ?, ?)
                """, id, order, at(storedAt), at(storedAt)));
        journal("return_id", id, "REVERSAL", status, storedAt);
    }

    /** What has paid for goods taken in exchange, of the order's books. */
    void exchangeCredit(String order, Instant storedAt) {
        String reference = "J-" + NUMBERS.incrementAndGet();
        tables.useTransaction(handle -> {
            handle.execute("""
                    insert into journal (reference, order_id, kind, business_date, currency, status, document_number, stored_at)
                    values (?, ?, 'REVERSAL', '2026-11-23', 'USD', 'POSTED', ?, ?)
                    """, reference, order, reference, at(storedAt));
            handle.execute("""
                    insert into journal_line (reference, number, role, detail, currency, debit, credit)
                    values (?, 1, 'RECEIVABLE', '', 'USD', 100, 0), (?, 2, 'CLEARING', 'exchange', 'USD', 0, 100)
                    """, reference, reference);
        });
    }

    /** Gives the id of what came back over a counter without a receipt, and is in the first summary of that store's day. */
    String counterReturn(String facility, String date, Instant takenAt) {
        String id = "RC-" + String.format("%010d", NUMBERS.incrementAndGet());
        String day = "store-day/" + facility + "/" + date;
        tables.useHandle(handle -> {
            handle.execute("""
                    insert into counter_return (id, client, idempotency_key, body_hash, store, policy, refund_to, asked_by,
                        taken_at, taxes_included, refund, needs_second_person, booked, blind)
                    values (?, 'key', ?, '', ?, 'returns-1', 'STORE_CREDIT', 'ada', ?, false, '{}', false, 1, '{}')
                    """, id, id, facility, at(takenAt));
            handle.execute("insert into store_sale (facility, id, version) values (?, ?, 1)", facility, id);
            handle.execute("""
                    insert into store_sale_version (facility, id, version, sold_on, body, heard_at)
                    values (?, ?, 1, ?, '{}', ?)
                    """, facility, id, day, at(takenAt));
            handle.execute("""
                    insert into store_day_entry (store_day, facility, sale_id, version, taken_back, late, summary)
                    values (?, ?, ?, 1, false, false, 1)
                    """, day, facility, id);
        });
        return id;
    }

    /** A store's day of which one summary was closed. */
    void storeDay(String facility, String date, Instant closedAt, @Nullable Instant settledAt) {
        String day = "store-day/" + facility + "/" + date;
        tables.useHandle(handle -> {
            handle.execute("""
                    insert into store_day (id, facility, business_date, policy, closes_at, grace, late_sales, closed_periods, summaries)
                    values (?, ?, cast(? as date), 'store-day-1', ?, interval '1 hour', 'SUPPLEMENT', 'CASE', 1)
                    """, day, facility, date, at(closedAt));
            handle.execute(
                    "insert into store_day_summary (store_day, number, closed_at, settled_at) values (?, 1, ?, ?)",
                    day,
                    at(closedAt),
                    settledAt == null ? null : at(settledAt));
        });
    }

    /** One more sale of a day that is there. */
    void sale(String facility, String date, Instant heardAt) {
        String id = "S-" + NUMBERS.incrementAndGet();
        tables.useHandle(handle -> {
            handle.execute("insert into store_sale (facility, id, version) values (?, ?, 1)", facility, id);
            handle.execute("""
                    insert into store_sale_version (facility, id, version, sold_on, body, heard_at)
                    values (?, ?, 1, ?, '{}', ?)
                    """, facility, id, "store-day/" + facility + "/" + date, at(heardAt));
        });
    }
}
