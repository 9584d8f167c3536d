package io.throughline.api.console.returns;

import io.throughline.api.console.Words;
import io.throughline.api.console.returns.ReturnPage.Entry;
import io.throughline.api.console.returns.ReturnPage.Shown;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.Return;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the page of a return shows of its money: in the shop's currency, and beside it in the one that the customer was shown. */
final class ReturnMoney {
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private ReturnMoney() {}

    static boolean isShownOtherwise(Refund refund) {
        return !refund.currency().equals(refund.presentmentCurrency());
    }

    /** {@code payments}: the tenders of the order, by whose rates the money goes back. */
    static ReturnPage.Money of(Return.Repayment repayment, List<Tender> payments) {
        Refund refund = repayment.refund();
        boolean shown = isShownOtherwise(refund);
        return new ReturnPage.Money(
                refund.currency().code(),
                text(refund.total().shop()),
                shown
                        ? Optional.of(new Shown(
                                refund.presentmentCurrency().code(),
                                text(refund.total().presentment())))
                        : Optional.empty(),
                refund.entries().stream()
                        .map(entry -> new Entry(words(entry), text(entry.amount())))
                        .toList(),
                repayment.parts().stream().map(part -> tender(part, payments)).toList(),
                repayment.needsSecondPerson(),
                repayment.approvedBy(),
                repayment.issued().map(Return.Issued::reference),
                repayment.issued().filter(issued -> !issued.ours()).isPresent());
    }

    private static ReturnPage.Tender tender(Refund.ToTender part, List<Tender> payments) {
        return new ReturnPage.Tender(
                part.gateway(),
                part.payment(),
                text(part.amount().shop()),
                text(part.amount().presentment()),
                payments.stream()
                        .filter(payment -> payment.id().equals(part.payment())
                                && payment.amount().shop().isPositive())
                        .findFirst()
                        .map(ReturnMoney::rate)
                        .orElse(""));
    }

    private static String rate(Tender payment) {
        BigDecimal rate = payment.amount()
                .presentment()
                .toDecimal()
                .divide(payment.amount().shop().toDecimal(), SIX_DIGITS);
        return rate.stripTrailingZeros().toPlainString();
    }

    private static String words(RefundEntry entry) {
        return entry instanceof RefundEntry.Goodwill given
                ? "given because something went wrong: "
                        + Words.of(given.reason()).toLowerCase(Locale.ROOT)
                : entry.words();
    }

    private static String text(Money amount) {
        return amount.toDecimal().toPlainString();
    }
}
