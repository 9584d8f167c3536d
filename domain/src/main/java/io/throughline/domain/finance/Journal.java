package io.throughline.domain.finance;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one business event means for the books: balanced lines in one currency. {@code reference} is unique and the same as that of the
 * ERP document which books it ({@code O-7K2M9Q4XTA-F1/invoice}). Where the ERP books by itself, this is the expectation that its moves
 * are compared with.
 */
public record Journal(
        String reference,
        PostingSubject subject,
        Kind kind,
        LocalDate businessDate,
        CurrencyCode currency,
        List<JournalLine> lines) {
    private static final String GIFT_CARD_GATEWAY = "gift_card";

    public Journal {
        lines = List.copyOf(lines);
        Money sum = Money.sum(currency, lines.stream().map(JournalLine::signed).toList());
        if (lines.isEmpty()) {
            throw unfit(reference, "has no lines");
        }
        if (!sum.isZero()) {
            throw unfit(reference, "is out of balance by " + sum);
        }
    }

    private static SystemFailure unfit(String reference, String words) {
        return SystemFailure.withoutEffect(
                FailureCode.JOURNAL_OUT_OF_BALANCE, "journal " + reference + " " + words, null);
    }

    /** What the ERP's moves for an invoice must come to. */
    public static Journal of(SalesInvoice invoice) {
        return of(invoice, Kind.INVOICE);
    }

    /** The same for an invoice over less than nothing, which an ERP may number in a sequence of its own. */
    public static Journal ofCreditNote(SalesInvoice note) {
        return of(note, Kind.CREDIT_NOTE);
    }

    private static Journal of(SalesInvoice invoice, Kind kind) {
        List<JournalLine> lines = new ArrayList<>();
        add(lines, LedgerAccount.of(LedgerAccount.Role.RECEIVABLE), invoice.total());
        for (SalesInvoice.Line line : invoice.lines()) {
            add(lines, accountOf(line.kind()), line.net().negated());
            line.taxes()
                    .forEach(tax -> add(
                            lines, LedgerAccount.tax(tax.title()), tax.amount().negated()));
        }
        return new Journal(
                invoice.reference(), invoice.subject(), kind, invoice.businessDate(), invoice.currency(), lines);
    }

    /** What the ERP's moves for a payment must come to. */
    public static Journal of(CustomerPayment payment) {
        LedgerAccount from = payment.gateway().equals(GIFT_CARD_GATEWAY)
                ? LedgerAccount.of(LedgerAccount.Role.GIFT_CARD_LIABILITY)
                : LedgerAccount.clearing(payment.gateway());
        Money taken = payment.isRefund() ? payment.amount().negated() : payment.amount();
        List<JournalLine> lines = new ArrayList<>();
        add(lines, from, taken);
        add(lines, LedgerAccount.of(LedgerAccount.Role.RECEIVABLE), taken.negated());
        return new Journal(
                payment.reference(),
                payment.subject(),
                payment.isRefund() ? Kind.REVERSAL : Kind.PAYMENT,
                payment.businessDate(),
                payment.amount().currency(),
                lines);
    }

    /** What units have cost that a place has lost (positive) or found. */
    public static Journal ofAdjustment(String reference, PostingSubject place, LocalDate businessDate, Money lost) {
        return new Journal(
                reference,
                place,
                Kind.STOCK_ADJUSTMENT,
                businessDate,
                lost.currency(),
                List.of(
                        JournalLine.signed(LedgerAccount.of(LedgerAccount.Role.STOCK_ADJUSTMENT), lost),
                        JournalLine.signed(LedgerAccount.of(LedgerAccount.Role.INVENTORY), lost.negated())));
    }

    /** Net debit (negative: credit) per account, without accounts that net to zero: the form in which books are compared. */
    public static Map<LedgerAccount, Money> net(List<JournalLine> lines) {
        Map<LedgerAccount, Money> net = new TreeMap<>();
        lines.forEach(line -> net.merge(line.account(), line.signed(), Money::plus));
        net.values().removeIf(Money::isZero);
        return net;
    }

    private static LedgerAccount accountOf(SalesInvoice.Kind kind) {
        return LedgerAccount.of(
                switch (kind) {
                    case GOODS, ALLOWANCE -> LedgerAccount.Role.REVENUE;
                    case GIFT_CARD -> LedgerAccount.Role.GIFT_CARD_LIABILITY;
                    case SHIPPING -> LedgerAccount.Role.SHIPPING_REVENUE;
                    case TIP -> LedgerAccount.Role.TIPS_PAYABLE;
                    case DUTY -> LedgerAccount.Role.DUTIES_PAYABLE;
                    case ROUNDING -> LedgerAccount.Role.ROUNDING;
                });
    }

    private static void add(List<JournalLine> lines, LedgerAccount account, Money amount) {
        if (!amount.isZero()) {
            lines.add(JournalLine.signed(account, amount));
        }
    }

    public enum Kind {
        INVOICE,
        CREDIT_NOTE,
        PAYMENT,
        REVERSAL,
        STOCK_ADJUSTMENT
    }
}
