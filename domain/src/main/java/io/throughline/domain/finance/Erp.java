package io.throughline.domain.finance;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The ERP: tells it of demand, invoices and payments, and reads its books. {@code company} is the ERP account. Each operation finds its
 * document by our reference before it creates one, and its receipt's reference is the ERP's document number. An ERP's "no" is
 * {@code Refused} with ERP_REJECTED or ERP_PERIOD_CLOSED, and leaves no document behind; failures are {@code SystemFailure}. Calls may wait to be carried out together
 * with others.
 */
public interface Erp {
    /**
     * No change takes longer, with the wait for its turn: what became of it is unknown then. A worker's configuration may allow less.
     */
    Duration LONGEST_CHANGE = Duration.ofSeconds(130);

    /** No search for a document takes longer. */
    Duration LONGEST_PROBE = Duration.ofSeconds(30);

    Optional<Receipt> findDemand(AccountId company, SalesDemand demand);

    Reply announce(AccountId company, SalesDemand demand);

    /** The demand is known there for the place that it names now, or is not wanted any more. */
    Optional<Receipt> findMove(AccountId company, SalesDemand demand);

    /** The goods of an announced demand go from the place that it names now. Refused from its first invoice on, which an ERP need not follow back. */
    Reply move(AccountId company, SalesDemand demand);

    Optional<Receipt> findInvoice(AccountId company, SalesInvoice invoice);

    /** Posts the invoice with exactly these amounts, or refuses; a draft that does not come to them is never posted. */
    Reply postInvoice(AccountId company, SalesInvoice invoice);

    Optional<Receipt> findPayment(AccountId company, CustomerPayment payment);

    Reply bookPayment(AccountId company, CustomerPayment payment);

    /** Sets the subject's payments against its invoices, as far as they come to the same. Called again, it does nothing more. */
    Reply settle(AccountId company, PostingSubject subject, List<String> references);

    /** Withdraws the demand of an order that ended before anything was shipped. */
    Optional<Receipt> findWithdrawal(AccountId company, SalesDemand demand);

    Reply withdraw(AccountId company, SalesDemand demand);

    /** What it has moved under the document's reference. */
    Optional<Receipt> findAdjustment(AccountId company, StockAdjustment adjustment);

    /** Moves what is lost from the facility's shelves, or what is found onto them, exactly as the document says or not at all. */
    Reply adjustStock(AccountId company, StockAdjustment adjustment);

    /** All booked lines of these documents of ours, by role. A line on an account without a role is an error of the mapping. */
    List<JournalLine> books(AccountId company, PostingSubject subject, List<String> references);
}
