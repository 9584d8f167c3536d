package io.throughline.domain.finance;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import java.time.LocalDate;
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
        OrderId order,
        Kind kind,
        LocalDate businessDate,
        CurrencyCode currency,
        List<JournalLine> lines) {
    public Journal {
        lines = List.copyOf(lines);
        Money sum = Money.sum(currency, lines.stream().map(JournalLine::signed).toList());
        if (lines.isEmpty() || !sum.isZero()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.JOURNAL_OUT_OF_BALANCE, "journal " + reference + " is out of balance by " + sum, null);
        }
    }

    /** Net debit (negative: credit) per account, without accounts that net to zero: the form in which books are compared. */
    public static Map<LedgerAccount, Money> net(List<JournalLine> lines) {
        Map<LedgerAccount, Money> net = new TreeMap<>();
        lines.forEach(line -> net.merge(line.account(), line.signed(), Money::plus));
        net.values().removeIf(Money::isZero);
        return net;
    }

    public enum Kind {
        INVOICE,
        PAYMENT,
        REVERSAL
    }
}
