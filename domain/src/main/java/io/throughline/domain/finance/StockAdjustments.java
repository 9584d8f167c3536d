package io.throughline.domain.finance;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.List;

/**
 * What the ledger has adjusted and an ERP is still to be told. The ledger keeps each adjustment with its journal in the transaction that adjusts; here
 * they are gathered to documents, one for each facility, business date and direction. What the ERP's own people have counted since needs none.
 */
public interface StockAdjustments {
    /** Whether a document could be posted now: a day is over, or one waits for nobody's decision. */
    boolean isAnyDue(AccountId company, Instant now);

    /** Gathers what days that are over have left. */
    void gather(AccountId company, Instant now);

    /** What the ERP has not taken yet, the oldest first. */
    List<StockAdjustment> open(AccountId company, int most);

    /** The ERP has moved these units; its journals are CONFIRMED by that. */
    void posted(String reference, String documentNumber);

    /** The ERP was left alone: it does not know of them, and what it has is compared as if it were still to be told. */
    void notSent(String reference);

    /** Somebody has decided that the ERP is not told: its own people correct it. */
    void givenUp(String reference, String why);
}
