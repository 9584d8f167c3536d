package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tee was exchanged for a mug, which comes back: what the first order's channel gives back for that is no stranger's doing. */
class PassedOnChangeTest {
    private static final Order BEFORE =
            SampleOrders.twoLines("6500000000103").paid().build();
    /** Its channel tells of the refund R1. */
    private static final Order AFTER =
            SampleOrders.twoLines("6500000000103").paid().refunded().build();

    private final TestingReturns returns = new TestingReturns();
    private final TestingPassedOnMoney money = new TestingPassedOnMoney(returns);
    private ReturnId credit = ReturnId.of(BEFORE.id(), 1);
    private ReturnId back = credit;

    @BeforeEach
    void aMugComesBackThatACreditHadPaid() {
        credit = returned(BEFORE);
        Refund refund = SampleRefunds.ofOneUnit(BEFORE, "L1", "25.00");
        returns.calculate(credit, purchase -> new Returns.Reckoned(refund, false));
        returns.exchanged(credit, ExchangedParts.of(refund, usd("25.00")));
        returns.issued(credit, new Return.Issued("R0", Map.of(), true, BEFORE.placedAt()));
        returns.confirmed(credit);
        back = returned(new OrderBuilder(new OrderKey(SampleAccounts.REST, "exchange." + credit), "USD")
                .line(Sku.of("MUG"), 1, "25.00")
                .build());
    }

    @Test
    void nobodyElseExplainsWhatIsGivenBackThere() {
        assertThat(explained()).isFalse();
    }

    /** The channel may tell of it before its reply is stored here. */
    @Test
    void itIsExplainedFromBeforeItIsAskedForUntilItIsKnown() {
        money.divide(back, back.value(), usd("25.00"));
        assertThat(explained()).isTrue();

        money.passed(credit, back, back.value(), Map.of("T1", "R1"), BEFORE.placedAt());
        assertThat(explained()).isTrue();
        assertThat(ForeignRefunds.between(BEFORE, AFTER, returns.ofOrder(BEFORE.id())))
                .isEmpty();
    }

    /** Its own transaction is known by then. */
    @Test
    void anotherRefundIsSomebodyElses() {
        money.divide(back, back.value(), usd("25.00"));
        money.passed(credit, back, back.value(), Map.of("T1", "T9"), BEFORE.placedAt());

        assertThat(explained()).isFalse();
        assertThat(ForeignRefunds.between(BEFORE, AFTER, returns.ofOrder(BEFORE.id())))
                .hasSize(1);
    }

    @Test
    void whatSomebodyBearsNotToBeGivenExplainsNothing() {
        money.divide(back, back.value(), usd("25.00"));
        money.giveUp(back);

        assertThat(explained()).isFalse();
    }

    /** Until its refund is confirmed, the process of the other return looks at it; after that nobody does. */
    @Test
    void thatItFailsIsExplainedOnlyForAsLongAsItIsAwaited() {
        money.divide(back, back.value(), usd("25.00"));
        money.passed(credit, back, back.value(), Map.of("T1", "R1"), BEFORE.placedAt());

        assertThat(failureExplained(true)).isTrue();
        assertThat(failureExplained(false)).isFalse();

        money.fails("R1");
        assertThat(failureExplained(false)).as("it is known").isTrue();
    }

    /** Its reply may be lost: until it is stored, a refund of the same payment and amount may be just this one. */
    @Test
    void whatIsAboutToBePassedOnMayBeIt() {
        assertThat(isAsGiven()).isFalse();

        money.divide(back, back.value(), usd("25.00"));
        assertThat(isAsGiven()).isTrue();

        money.passed(credit, back, back.value(), Map.of("T1", "T9"), BEFORE.placedAt());
        assertThat(isAsGiven()).isFalse();
    }

    private boolean isAsGiven() {
        Order given = passedOn(Tender.Status.SUCCESS);
        Tender refund = given.tenders().stream()
                .filter(tender -> tender.kind() == Tender.Kind.REFUND)
                .findFirst()
                .orElseThrow();
        return ForeignRefunds.isAsGivenBy(returns.find(credit).orElseThrow(), refund, given);
    }

    private boolean failureExplained(boolean awaited) {
        return FollowedChange.explains(
                returns.ofOrder(BEFORE.id()),
                passedOn(Tender.Status.SUCCESS),
                passedOn(Tender.Status.FAILURE),
                by -> awaited && by.equals(back));
    }

    private static Order passedOn(Tender.Status status) {
        return SampleOrders.twoLines("6500000000103")
                .paid()
                .tender("R1", Tender.Kind.REFUND, status, "shopify_payments", "25.00", Optional.of("T1"))
                .build();
    }

    private boolean explained() {
        return FollowedChange.explains(returns.ofOrder(BEFORE.id()), BEFORE, AFTER, by -> true);
    }

    private ReturnId returned(Order order) {
        return returns.authorise(
                order,
                new ReturnedTo.ByMail(),
                false,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.empty()));
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }
}
