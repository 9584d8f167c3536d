package io.throughline.domain.finance;

import io.throughline.domain.order.OrderId;
import java.util.List;

/** The expected journals, in PostgreSQL, where a constraint refuses what does not balance. */
public interface Journals {
    /** Stores a journal; the same reference again must be the same journal. */
    void expect(Journal journal);

    /** The ERP has booked it under this document number. */
    void posted(String reference, String documentNumber);

    /** The ERP's moves were read back and are equal. */
    void confirmed(OrderId order);

    List<Posting> ofOrder(OrderId order);

    /** A journal and how far it has come. */
    record Posting(Journal journal, PostingStatus status, java.util.Optional<String> documentNumber) {}
}
