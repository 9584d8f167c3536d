package io.throughline.store.finance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JournalsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final CurrencyCode DINAR = CurrencyCode.of("KWD");

    private final Journals journals = POSTGRES.database().journals();
    private OrderId order;

    @BeforeEach
    void order() {
        order = POSTGRES.stored(SampleOrder.fresh());
    }

    @Test
    void aJournalComesBackAsItWas() {
        Journal journal = invoice("1", 24_875);

        journals.expect(journal);
        journals.expect(journal);

        assertThat(journals.of(order)).containsExactly(new Posting(journal, PostingStatus.PENDING, Optional.empty()));
        assertThat(POSTGRES.database().trace().lookup(journal.reference())).contains(order.value());
    }

    @Test
    void oneReferenceIsOneJournal() {
        journals.expect(invoice("1", 24_875));

        assertThatThrownBy(() -> journals.expect(invoice("1", 24_876)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other content");
    }

    @Test
    void invoicesKnowThoseBeforeThem() {
        assertThat(expectInvoice("1")).isEmpty();
        assertThat(expectInvoice("2")).containsExactly(reference("1"));
        assertThat(expectInvoice("3")).containsExactly(reference("1"), reference("2"));

        assertThat(journals.expectInvoice(order, reference("2"), before -> {
                    throw new AssertionError("it is stored");
                }))
                .contains(new Journals.ExpectedInvoice(invoice("2", 1001), List.of(reference("1"))));
        assertThat(expectInvoice("1")).isEmpty();
        assertThat(journals.of(order)).hasSize(3);
    }

    @Test
    void whatIsGivenAwayIsNoInvoiceBeforeOthers() {
        assertThat(journals.expectInvoice(order, reference("1"), before -> Optional.empty()))
                .isEmpty();

        assertThat(expectInvoice("2")).isEmpty();
        assertThat(journals.of(order)).hasSize(1);
    }

    @Test
    void ofInvoicesThatComeTogetherOneIsTheFirst() throws Exception {
        List<List<String>> before = Together.run(8, i -> expectInvoice(Integer.toString(i)));

        assertThat(before).extracting(List::size).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void anotherThanThePromisedInvoiceIsRefused() {
        assertThatThrownBy(
                        () -> journals.expectInvoice(order, reference("1"), before -> Optional.of(invoice("2", 100))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(journals.of(order)).isEmpty();
    }

    @Test
    void goesFromExpectedToPostedToConfirmed() {
        journals.expect(invoice("1", 500));
        journals.expect(invoice("2", 700));
        String document = "INV/" + order;

        journals.posted(reference("1"), document);
        journals.posted(reference("1"), document);
        assertThat(statuses()).containsExactly(PostingStatus.POSTED, PostingStatus.PENDING);
        journals.confirmed(order);
        journals.confirmed(order);
        journals.posted(reference("1"), document);

        assertThat(statuses()).containsExactly(PostingStatus.CONFIRMED, PostingStatus.PENDING);
        assertThat(journals.of(order).getFirst().documentNumber()).contains(document);
        assertThat(POSTGRES.database().trace().lookup(document)).contains(order.value());
    }

    @Test
    void whatIsGivenBackLeavesItsPaymentReversed() {
        journals.expect(of(Journal.Kind.PAYMENT, "1", 500));
        journals.expect(of(Journal.Kind.REVERSAL, "2", 500));
        journals.expect(of(Journal.Kind.PAYMENT, "3", 700));
        journals.posted(reference("1"), "DOC-P-" + order);
        journals.posted(reference("2"), "DOC-R-" + order);

        journals.reversed(order);
        journals.reversed(order);
        journals.confirmed(order);

        assertThat(statuses()).containsExactly(PostingStatus.REVERSED, PostingStatus.CONFIRMED, PostingStatus.PENDING);
    }

    @Test
    void aDocumentBooksOneJournalAndAJournalHasOneDocument() {
        journals.expect(invoice("1", 500));
        journals.expect(invoice("2", 700));
        journals.posted(reference("1"), "DOC-1-" + order);

        assertThatThrownBy(() -> journals.posted(reference("2"), "DOC-1-" + order))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("books another journal");
        assertThatThrownBy(() -> journals.posted(reference("1"), "DOC-2-" + order))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is booked as DOC-1-");
        assertThatThrownBy(() -> journals.posted("nothing", "DOC-3")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void journalsThatWereNotSentShareNoNumber() {
        journals.expect(invoice("1", 500));
        journals.expect(invoice("2", 700));

        journals.posted(reference("1"), "not-sent");
        journals.posted(reference("2"), "not-sent");

        assertThat(statuses()).containsOnly(PostingStatus.POSTED);
    }

    @Test
    void databaseRefusesWhatDoesNotBalance() {
        assertThatThrownBy(() -> insert(
                        "bad",
                        "insert into journal_line values ('bad', 1, 'RECEIVABLE', '', 'KWD', 100, 0), ('bad',"
                                + " 2, 'REVENUE', '', 'KWD', 0, 99)"))
                .rootCause()
                .hasMessageContaining("journal bad has 2 lines and is out of balance by 1 KWD");
        assertThatThrownBy(() -> insert("bad", "select 1")).rootCause().hasMessageContaining("journal bad has 0 lines");
        assertThatThrownBy(() ->
                        insert("bad", "insert into journal_line values ('bad', 1, 'RECEIVABLE', '', 'USD', 100, 0)"))
                .rootCause()
                .hasMessageContaining("violates foreign key constraint");
        assertThatThrownBy(() ->
                        insert("bad", "insert into journal_line values ('bad', 1, 'RECEIVABLE', '', 'KWD', 100, 100)"))
                .rootCause()
                .hasMessageContaining("violates check constraint");
        assertThat(journals.of(order)).isEmpty();
    }

    @Test
    void aJournalThatTheDatabaseFindsOutOfBalanceIsAFailureOfItsOwn() {
        // What the domain takes for balanced arrives with one cent too many.
        POSTGRES.tables().useHandle(handle -> handle.execute("""
                create function add_a_cent() returns trigger language plpgsql as
                    $$ begin new.debit := new.debit + 1; return new; end $$;
                create trigger one_cent_more before insert on journal_line for each row
                    when (new.debit > 0) execute function add_a_cent();
                """));
        try {
            assertThatThrownBy(() -> journals.expect(invoice("1", 500)))
                    .isInstanceOfSatisfying(
                            SystemFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.JOURNAL_OUT_OF_BALANCE))
                    .hasMessageContaining(reference("1"));
            assertThatThrownBy(() -> expectInvoice("2"))
                    .isInstanceOfSatisfying(
                            SystemFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.JOURNAL_OUT_OF_BALANCE));
        } finally {
            POSTGRES.tables()
                    .useHandle(handle ->
                            handle.execute("drop trigger one_cent_more on journal_line; drop function add_a_cent()"));
        }
        assertThat(journals.of(order)).isEmpty();
    }

    @Test
    void databaseRefusesToChangeOrLengthenWhatWasStored() {
        journals.expect(invoice("1", 500));

        assertThatThrownBy(() -> sql("update journal_line set debit = debit + 1 where reference = ?"))
                .hasMessageContaining("journal_line is append-only");
        assertThatThrownBy(() -> sql("delete from journal where reference = ?"))
                .hasMessageContaining("journal is append-only");
        assertThatThrownBy(() -> sql("update journal set business_date = '2020-01-01' where reference = ?"))
                .hasMessageContaining("never becomes another");
        assertThatThrownBy(() -> sql("insert into journal_line values (?, 99, 'REVENUE', '', 'KWD', 0, 1)"))
                .hasMessageContaining("out of balance by -1 KWD");
        assertThatThrownBy(() -> sql("update journal set status = 'POSTED' where reference = ?"))
                .hasMessageContaining("violates check constraint");
    }

    private void insert(String reference, String lines) {
        POSTGRES.tables().useTransaction(handle -> {
            handle.execute(
                    "insert into journal (reference, order_id, kind, business_date, currency, stored_at)"
                            + " values (?, ?, 'INVOICE', '2026-11-23', 'KWD', now())",
                    reference,
                    order.value());
            handle.execute(lines);
        });
    }

    private void sql(String statement) {
        POSTGRES.tables().useHandle(handle -> handle.execute(statement, reference("1")));
    }

    private List<String> expectInvoice(String number) {
        return journals.expectInvoice(
                        order, reference(number), before -> Optional.of(invoice(number, 1000 + before.size())))
                .orElseThrow()
                .before();
    }

    private List<PostingStatus> statuses() {
        return journals.of(order).stream().map(Posting::status).toList();
    }

    private Journal invoice(String number, long minor) {
        Money total = Money.ofMinor(minor, DINAR);
        Money tax = Money.ofMinor(25, DINAR);
        JournalLine receivable = JournalLine.signed(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE), total);
        JournalLine vat = JournalLine.signed(LedgerAccount.tax("VAT 5 %"), tax.negated());
        JournalLine revenue = JournalLine.signed(
                LedgerAccount.of(LedgerAccount.Role.REVENUE), total.minus(tax).negated());
        List<JournalLine> lines = List.of(receivable, vat, revenue);
        return new Journal(reference(number), order, Journal.Kind.INVOICE, LocalDate.parse("2026-11-23"), DINAR, lines);
    }

    private Journal of(Journal.Kind kind, String number, long minor) {
        Money amount = Money.ofMinor(minor, DINAR);
        List<JournalLine> lines = List.of(
                JournalLine.signed(LedgerAccount.clearing("card"), amount),
                JournalLine.signed(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE), amount.negated()));
        return new Journal(reference(number), order, kind, LocalDate.parse("2026-11-23"), DINAR, lines);
    }

    private String reference(String number) {
        return order + "-F" + number + "/invoice";
    }
}
