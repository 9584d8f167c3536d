package io.throughline.store.finance;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The expected journals, in PostgreSQL. A stored journal never changes; only how far the ERP has come with it does. */
public final class PostgresJournals implements Journals {
    private static final String UNIQUE_VIOLATION = "23505";

    /** The state of our own rule in the migrations. */
    private static final String OUT_OF_BALANCE = "TL001";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresJournals(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public void expect(Journal journal) {
        boolean known = transactions
                .with(handle -> JournalRows.find(handle, journal.reference()))
                .filter(stored -> sameOrFail(stored.journal(), journal))
                .isPresent();
        if (known) {
            return;
        }
        balanced(journal.reference(), handle -> {
            if (JournalRows.insert(handle, journal, clock.instant())) {
                traceExpected(handle, journal);
            } else {
                sameOrFail(
                        JournalRows.find(handle, journal.reference())
                                .orElseThrow()
                                .journal(),
                        journal);
            }
            return true;
        });
    }

    /** The database looks at the balance last of all, when the transaction ends. */
    private <R> R balanced(String reference, Function<Handle, R> work) {
        try {
            return transactions.in(work);
        } catch (RuntimeException failure) {
            if (Transactions.sqlState(failure).equals(OUT_OF_BALANCE)) {
                throw SystemFailure.withoutEffect(
                        FailureCode.JOURNAL_OUT_OF_BALANCE,
                        "the database refuses journal " + reference + ", which does not balance",
                        failure);
            }
            throw failure;
        }
    }

    private static boolean sameOrFail(Journal stored, Journal journal) {
        if (!stored.equals(journal)) {
            throw new IllegalStateException("journal " + journal.reference() + " is stored with other content");
        }
        return true;
    }

    @Override
    public Optional<ExpectedInvoice> expectInvoice(
            OrderId order, String reference, Function<List<String>, Optional<Journal>> make) {
        return balanced(reference, handle -> {
            OrderLock.lock(handle, order);
            List<String> references = JournalRows.references(handle, order, Journal.Kind.INVOICE);
            int index = references.indexOf(reference);
            if (index >= 0) {
                Journal stored =
                        JournalRows.find(handle, reference).orElseThrow().journal();
                return Optional.of(new ExpectedInvoice(stored, references.subList(0, index)));
            }
            Optional<Journal> made = make.apply(references);
            made.ifPresent(journal -> store(handle, order, reference, journal));
            return made.map(journal -> new ExpectedInvoice(journal, references));
        });
    }

    private void store(Handle handle, OrderId order, String reference, Journal journal) {
        if (!journal.reference().equals(reference)
                || !journal.subject().equals(order)
                || journal.kind() != Journal.Kind.INVOICE) {
            throw new IllegalArgumentException(journal.reference() + " is not the invoice " + reference);
        }
        if (!JournalRows.insert(handle, journal, clock.instant())) {
            throw new IllegalStateException("journal " + reference + " is stored with other content");
        }
        traceExpected(handle, journal);
    }

    @Override
    public void posted(String reference, String documentNumber) {
        try {
            transactions.run(handle -> book(handle, reference, documentNumber));
        } catch (RuntimeException failure) {
            if (Transactions.sqlState(failure).equals(UNIQUE_VIOLATION)) {
                throw new IllegalStateException(
                        "document " + documentNumber + " books another journal than " + reference, failure);
            }
            throw failure;
        }
    }

    private void book(Handle handle, String reference, String documentNumber) {
        Optional<String> subject = handle.createQuery("""
            update journal set status = 'POSTED', document_number = :document
            where reference = :reference and document_number is null
            returning coalesce(order_id, store_day, return_id, stock_place)
            """)
                .bind("document", documentNumber)
                .bind("reference", reference)
                .mapTo(String.class)
                .findOne();
        if (subject.isPresent()) {
            trace.append(
                    handle,
                    subject.get(),
                    "journal.posted",
                    reference + " is " + documentNumber + " in the books",
                    Map.of("reference", reference, "document", documentNumber),
                    List.of(documentNumber));
            return;
        }
        Optional<String> before = JournalRows.find(handle, reference)
                .orElseThrow(() -> new IllegalArgumentException("no journal " + reference))
                .documentNumber();
        if (!before.equals(Optional.of(documentNumber))) {
            throw new IllegalStateException(
                    reference + " is booked as " + before.orElse("nothing") + ", not " + documentNumber);
        }
    }

    @Override
    public void confirmed(PostingSubject subject) {
        transactions.run(handle -> confirm(handle, subject, PostingStatus.CONFIRMED));
    }

    @Override
    public void reversed(OrderId order) {
        transactions.run(handle -> confirm(handle, order, PostingStatus.REVERSED));
    }

    private void confirm(Handle handle, PostingSubject subject, PostingStatus payments) {
        List<String> references = handle.createQuery("""
            update journal j set status = case kind when 'PAYMENT' then :payments else 'CONFIRMED' end
            where (j.order_id = :subject or j.store_day = :subject or j.return_id = :subject or j.stock_place = :subject) and status = 'POSTED'
            returning reference
            """)
                .bind("payments", payments)
                .bind("subject", subject.value())
                .mapTo(String.class)
                .list();
        if (!references.isEmpty()) {
            trace.append(
                    handle,
                    subject.value(),
                    "journal." + payments.name().toLowerCase(Locale.ROOT),
                    "the books were read back and are equal",
                    Map.of("references", String.join(", ", references), "status", payments.name()));
        }
    }

    @Override
    public List<Posting> of(PostingSubject subject) {
        return transactions.with(handle -> of(handle, subject));
    }

    /** As part of a transaction of somebody else. */
    public static List<Posting> of(Handle handle, PostingSubject subject) {
        return JournalRows.of(handle, subject);
    }

    private void traceExpected(Handle handle, Journal journal) {
        traceExpected(trace, handle, journal);
    }

    static void traceExpected(TraceWriter trace, Handle handle, Journal journal) {
        trace.append(
                handle,
                journal.subject().value(),
                "journal.expected",
                journal.kind() + " " + journal.reference() + " is expected in the books",
                Map.of(
                        "reference", journal.reference(),
                        "businessDate", journal.businessDate().toString(),
                        "lines", journal.lines().toString()),
                List.of(journal.reference()));
    }
}
