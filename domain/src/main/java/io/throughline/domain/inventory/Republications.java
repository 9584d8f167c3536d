package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import java.time.Instant;
import java.util.List;

/**
 * Wishes that a system show again what the ledger has of a place, whatever it shows there by now. Whoever tells the account of stock carries
 * them out: it reads what the system shows, and sets the ledger's number by a call that compares.
 */
public interface Republications {
    /** Wishes for it, and tells in the trace of the place who does. */
    Outcome ask(AccountId account, StockSubject place, String askedBy);

    /** How often since then comparisons have wished for it at the place, since a person last did, or decided about it. */
    int askedByUs(AccountId account, StockSubject place, Instant since);

    /** A person has decided about the place: what comparisons wish for counts anew. */
    void countAnew(AccountId account, StockSubject place);

    /** What is wished for of the account and could not be done yet is looked at again. */
    void remind(AccountId account);

    /** What is wished for of a SKU and is not done yet, the oldest first. */
    List<Wish> pending(Sku sku);

    enum Outcome {
        ASKED,
        /** It was wished for before, and is not done yet. */
        ASKED_BEFORE,
        /** The ledger has never had any of it there. */
        NOTHING_THERE
    }

    record Wish(AccountId account, StockSubject place, Instant askedAt, String askedBy) {}
}
