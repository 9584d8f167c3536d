package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.ClientRefund.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes back of a credit of 20.00 that a gift card of 7.00 and a card, in yen at another rate, had been given for. */
class PassedOnTest {
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final CurrencyCode YEN = CurrencyCode.of("JPY");
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final OrderKey SOLD = new OrderKey(SampleAccounts.SHOP, "1");
    private static final OrderKey TAKEN = new OrderKey(SampleAccounts.REST, "exchange.1");
    private static final ReturnId CREDIT = ReturnId.of(OrderId.of(SOLD), 1);
    private static final ReturnId BACK = ReturnId.of(OrderId.of(TAKEN), 1);
    private static final Refund.ToTender OF_CREDIT =
            new Refund.ToTender(Exchange.GATEWAY, Exchange.GATEWAY, MoneyBag.of(usd("20.00")));

    @Test
    void itGoesToTheTendersInTheirOrderAtTheRateAtWhichItWasTaken() {
        assertThat(PassedOn.divide(credit(), usd("10.00")))
                .containsExactly(part("T1", "7.00", 1001), part("T2", "3.00", 452));
    }

    /** Of 1957 yen 452 went before: the last takes the remainder. */
    @Test
    void theLastTakesTheRemainder() {
        assertThat(PassedOn.divide(credit(part("T1", "7.00", 1001), part("T2", "3.00", 452)), usd("10.00")))
                .containsExactly(part("T2", "10.00", 1505));
    }

    @Test
    void noMoreGoesBackThanTheCreditTook() {
        assertThatThrownBy(() -> PassedOn.divide(credit(part("T1", "7.00", 1001)), usd("13.01")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than is left of the credit");
    }

    @Test
    void whatHasFailedIsOwedAsBefore() {
        Return.Repayment before = credit();
        Return.Repayment failed = new Return.Repayment(
                before.refund(),
                false,
                Optional.empty(),
                Optional.empty(),
                true,
                Return.Earlier.none(),
                before.exchanged(),
                List.of(passed(part("T1", "7.00", 1001), Optional.of("TX"), true)));

        assertThat(PassedOn.divide(failed, usd("7.00"))).containsExactly(part("T1", "7.00", 1001));
    }

    @Test
    void aRefundToACreditStandsAsAllThatGoesOnOfIt() {
        PassedOn first = passed(part("T1", "7.00", 1001), Optional.of("TX1"), false);
        PassedOn second = passed(part("T2", "13.00", 1957), Optional.of("TX2"), false);

        assertThat(standing(List.of(first, second), tender("TX1", Tender.Status.SUCCESS)))
                .isEqualTo(Standing.ASKED);
        assertThat(standing(
                        List.of(first, second),
                        tender("TX1", Tender.Status.SUCCESS),
                        tender("TX2", Tender.Status.SUCCESS)))
                .isEqualTo(Standing.GIVEN);
        assertThat(standing(
                        List.of(first, passed(second.part(), Optional.of("TX2"), true)),
                        tender("TX1", Tender.Status.SUCCESS)))
                .isEqualTo(Standing.FAILED);
    }

    /** A channel to which nothing is sent tells of nothing. */
    @Test
    void whatWasNotSentIsNotWaitedFor() {
        assertThat(standing(List.of(passed(part("T1", "20.00", 2958), Optional.empty(), false))))
                .isEqualTo(Standing.GIVEN);
    }

    private static Standing standing(List<PassedOn> all, Tender... told) {
        return new ClientRefund(BACK.value(), List.of(), List.of(ClientRefund.Part.asked(OF_CREDIT)), NOW)
                .asItStands(all, order -> List.of(told))
                .parts()
                .getFirst()
                .standing();
    }

    private static Return.Repayment credit(Refund.ToTender... before) {
        Money worth = usd("20.00");
        Refund refund = new Refund(
                USD,
                YEN,
                List.of(new RefundEntry.Goodwill(ReturnReason.OTHER, worth)),
                List.of(part("T1", "7.00", 1001), part("T2", "13.00", 1957)));
        return new Return.Repayment(
                refund,
                false,
                Optional.empty(),
                Optional.empty(),
                true,
                Return.Earlier.none(),
                Map.of("T1", bag("7.00", 1001), "T2", bag("13.00", 1957)),
                List.of(before).stream()
                        .map(part -> passed(part, Optional.of("TX"), false))
                        .toList());
    }

    private static PassedOn passed(Refund.ToTender part, Optional<String> transaction, boolean failed) {
        return new PassedOn(CREDIT, SOLD, BACK, BACK.value(), part, Optional.of(NOW), transaction, failed);
    }

    private static Tender tender(String id, Tender.Status status) {
        return new Tender(
                id,
                Tender.Kind.REFUND,
                status,
                "shopify_payments",
                MoneyBag.of(usd("1.00")),
                Optional.empty(),
                false,
                NOW);
    }

    private static Refund.ToTender part(String payment, String amount, long yen) {
        return new Refund.ToTender(payment, "shopify_payments", bag(amount, yen));
    }

    private static MoneyBag bag(String amount, long yen) {
        return new MoneyBag(usd(amount), Money.ofMinor(yen, YEN));
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}
