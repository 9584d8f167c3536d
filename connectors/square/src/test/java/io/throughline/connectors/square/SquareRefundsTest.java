package io.throughline.connectors.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.square.types.Currency;
import com.squareup.square.types.Order;
import com.squareup.square.types.OrderReturn;
import com.squareup.square.types.Refund;
import com.squareup.square.types.RefundStatus;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.TillRefunds;
import io.throughline.domain.counter.TillRefunds.Claim;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.sale.TillSale;
import io.throughline.domain.sale.Tills.Told;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money given back at Square: found by our name, told from what a till gave by itself, and without any goods. */
class SquareRefundsTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final String REFERENCE = CounterReturnId.of("tests", "1") + "/1";

    private TestingStores testing;
    private TillRefunds refunds;
    private OrderKey sale;

    @BeforeEach
    void aCardHasPaidForTwoTees() {
        testing = new TestingStores();
        refunds = testing.square.refunds();
        sale = testing.sell("""
                {"location": "LHARBOR", "tender": "CARD", "items": [{"sku": "NW-TEE-BLK-M", "quantity": 2}]}
                """);
    }

    @AfterEach
    void stop() {
        testing.close();
    }

    @Test
    void isMadeOnceAndFoundByItsName() {
        Claim claim = claim("25.00");
        assertThat(refunds.findRefund(claim)).isEmpty();

        Receipt receipt = done(refunds.refund(claim, "key-1"));

        assertThat(done(refunds.refund(claim, "key-1"))).isEqualTo(receipt);
        assertThat(refunds.findRefund(claim)).contains(receipt);
        assertThat(refunds.standing(claim, receipt.reference())).isEqualTo(TillRefunds.Standing.THROUGH);
        assertThat(refunds.madeElsewhere(claim, LONG_AGO)).isEmpty();
    }

    @Test
    void noMoreThanWasPaid() {
        assertThat(refunds.refund(claim("1000.00"), "key-1"))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.REFUND_REFUSED));
    }

    @Test
    void aPaymentThatTheSaleDoesNotHaveIsRefused() {
        assertThat(refunds.refund(new Claim(sale, 2, claim("5.00").amount(), REFERENCE), "key-1"))
                .isInstanceOf(Reply.Refused.class);
    }

    @Test
    void whatATillGaveByItselfIsSeenAndNamesItsSale() {
        TillSale back = takeBack();
        String amount = back.total().negated().toDecimal().toPlainString();

        assertThat(refunds.madeElsewhere(claim(amount), LONG_AGO))
                .containsExactly(back.payments().getFirst());
        assertThat(refunds.madeElsewhere(claim("0.01"), LONG_AGO)).isEmpty();
        assertThat(refunds.madeElsewhere(claim(amount), Instant.now().plusSeconds(3600)))
                .isEmpty();
        assertThat(back.returnsOf()).isEqualTo(List.of(sale.externalId()));
    }

    /** Square makes an order of it, of which it tells as of any other. */
    @Test
    void ourOwnIsNoReturnAtATill() {
        Order ours = order(REFERENCE);

        assertThat(SquareRefunds.isOurs(ours)).isTrue();
        assertThat(SquareRefunds.isOurs(order("Returned goods"))).isFalse();

        done(refunds.refund(claim("25.00"), "key-1"));
        assertThat(testing.square
                        .sales()
                        .changedSince(TestingStores.POS, LONG_AGO, Optional.empty())
                        .changed())
                .extracting(OrderSource.Changed::key)
                .containsExactly(sale);
    }

    private static Order order(String reason) {
        com.squareup.square.types.Money money = com.squareup.square.types.Money.builder()
                .amount(2500L)
                .currency(Currency.USD)
                .build();
        return Order.builder()
                .locationId("LHARBOR")
                .returns(List.of(OrderReturn.builder().sourceOrderId("sale").build()))
                .refunds(List.of(Refund.builder()
                        .id("refund")
                        .locationId("LHARBOR")
                        .reason(reason)
                        .amountMoney(money)
                        .status(RefundStatus.APPROVED)
                        .build()))
                .build();
    }

    private TillSale takeBack() {
        String back = testing.control(
                        "POST",
                        "/square/returns?webhooks=none",
                        "{\"sale\":\"" + sale.externalId()
                                + "\",\"items\":[{\"sku\":\"NW-TEE-BLK-M\",\"quantity\":1}]}")
                .path("id")
                .asText();
        return ((Told.Sold) testing.square.tills().read(new OrderKey(TestingStores.POS, back))).sale();
    }

    private Claim claim(String amount) {
        return new Claim(sale, 1, Money.of(amount, CurrencyCode.of("USD")), REFERENCE);
    }

    private static Receipt done(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return ((Reply.Done) reply).receipt();
    }
}
