package io.throughline.api.console.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The amounts of a refund beside each other, in the shop's currency and in the customer's. */
class ReturnMoneyTest {
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final CurrencyCode YEN = CurrencyCode.of("JPY");

    @Test
    void showsWhatTheCustomerWasShownAndAtWhichRateItWasPaid() {
        ReturnPage.Money money = ReturnMoney.of(
                repayment(YEN, new MoneyBag(Money.of("10.00", USD), Money.ofMinor(1_505, YEN))),
                List.of(payment(new MoneyBag(Money.of("90.00", USD), Money.ofMinor(13_543, YEN)))));

        assertThat(money.currency()).isEqualTo("USD");
        assertThat(money.total()).isEqualTo("10.00");
        assertThat(money.shown()).contains(new ReturnPage.Shown("JPY", "1505"));
        assertThat(money.tenders())
                .containsExactly(new ReturnPage.Tender("shopify_payments", "T1", "10.00", "1505", "150.478"));
    }

    @Test
    void whereNoPaymentTellsARateNoneIsShown() {
        MoneyBag amount = new MoneyBag(Money.of("10.00", USD), Money.ofMinor(1_505, YEN));

        assertThat(ReturnMoney.of(repayment(YEN, amount), List.of()).tenders())
                .singleElement()
                .satisfies(tender -> assertThat(tender.rate()).isEmpty());
    }

    @Test
    void inOneCurrencyThereIsNothingBeside() {
        assertThat(ReturnMoney.of(repayment(USD, MoneyBag.of(Money.of("10.00", USD))), List.of())
                        .shown())
                .isEmpty();
    }

    private static Return.Repayment repayment(CurrencyCode presentment, MoneyBag amount) {
        return new Return.Repayment(
                new Refund(
                        USD,
                        presentment,
                        List.of(new RefundEntry.Goodwill(ReturnReason.ARRIVED_LATE, amount.shop())),
                        List.of(new Refund.ToTender("T1", "shopify_payments", amount))),
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                Return.Earlier.none());
    }

    private static Tender payment(MoneyBag amount) {
        return new Tender(
                "T1",
                Tender.Kind.SALE,
                Tender.Status.SUCCESS,
                "shopify_payments",
                amount,
                Optional.empty(),
                false,
                Instant.EPOCH);
    }
}
