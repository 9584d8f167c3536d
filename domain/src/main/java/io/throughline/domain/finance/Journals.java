package io.throughline.domain.finance;

import io.throughline.domain.order.OrderId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The expected journals, in PostgreSQL, where a constraint refuses what does not balance. */
public interface Journals {
    /** Stores a journal; the same reference again must be the same journal. */
    void expect(Journal journal);

    /**
     * Stores an invoice's journal, made from the references of the order's invoices that came before it. Runs under the order's row
     * lock, so that two invoices never both believe to be the first (which carries the delivery charge). Called again with a reference
     * that is stored, it makes nothing and gives what it gave before. Nothing is stored where there is no journal to be made.
     */
    Optional<ExpectedInvoice> expectInvoice(
            OrderId order, String reference, Function<List<String>, Optional<Journal>> make);

    /** The ERP has booked it under this document number. */
    void posted(String reference, String documentNumber);

    /** The ERP's moves were read back and are equal. */
    void confirmed(PostingSubject subject);

    /** What was paid is given back again and the ERP's moves are equal: its payments are REVERSED, what reverses them is CONFIRMED. */
    void reversed(OrderId order);

    /** In the order of their storing. */
    List<Posting> of(PostingSubject subject);

    /** The journal of an invoice, and the references of the order's invoices that came before it. */
    record ExpectedInvoice(Journal journal, List<String> before) {
        public ExpectedInvoice {
            before = List.copyOf(before);
        }
    }

    /** A journal and how far it has come. */
    record Posting(Journal journal, PostingStatus status, Optional<String> documentNumber) {}
}
