package io.throughline.activities.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.TestingReturns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefundsElsewhereTest {
    private final Order order = order().build();
    private final Instant authorisedAt = order.placedAt();

    @Test
    void theVeryAmountOfTheVeryPaymentIsWhatWeOwe() {
        RefundsElsewhere made = made(refund("H1", "T1", "25.00", authorisedAt.plusSeconds(60)));

        assertThat(made.isWhatWeOwe()).isTrue();
        assertThat(made.asIssued(authorisedAt).transactions()).containsEntry("T1", "H1");
    }

    @Test
    void whatWasGivenBackBeforeIsForSomethingElse() {
        assertThat(made(refund("H1", "T1", "25.00", authorisedAt.minusSeconds(61)))
                        .tenders())
                .isEmpty();
        assertThat(made(refund("H1", "T1", "25.00", authorisedAt.minusSeconds(59)))
                        .isWhatWeOwe())
                .isTrue();
    }

    @Test
    void otherPaymentsAndPartsAreNotWhatOurBooksWouldTell() {
        Instant later = authorisedAt.plusSeconds(60);

        assertThat(List.of(
                        made(refund("H1", "T2", "25.00", later)),
                        made(refund("H1", "T1", "20.00", later), refund("H2", "T1", "5.00", later))))
                .allMatch(RefundsElsewhere::isMadeOfThese)
                .noneMatch(RefundsElsewhere::isWhatWeOwe);
    }

    private RefundsElsewhere made(Tender... refunds) {
        TestingReturns returns = new TestingReturns();
        ReturnId id = returns.authorise(
                order,
                new ReturnedTo.ByMail(),
                true,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
        returns.calculate(id, purchase -> new Returns.Reckoned(owed(), false));
        OrderBuilder now = order();
        for (Tender refund : refunds) {
            now.tender(refund);
        }
        return RefundsElsewhere.since(returns.get(id), now.build(), List.of(order), returns.ofOrder(order.id()));
    }

    private static OrderBuilder order() {
        return SampleOrders.twoLines("6500000000101").paid();
    }

    private static Refund owed() {
        CurrencyCode usd = CurrencyCode.of("USD");
        return new Refund(
                usd,
                usd,
                List.of(new RefundEntry.Goods(
                        "L1", SampleOrders.TEE, "tee", 1, usd("25.00"), usd("0.00"), usd("25.00"), List.of())),
                List.of(new Refund.ToTender("T1", "shopify_payments", MoneyBag.of(usd("25.00")))));
    }

    private static Tender refund(String id, String payment, String amount, Instant at) {
        return new Tender(
                id,
                Tender.Kind.REFUND,
                Tender.Status.SUCCESS,
                "shopify_payments",
                MoneyBag.of(usd(amount)),
                Optional.of(payment),
                false,
                at);
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }
}
