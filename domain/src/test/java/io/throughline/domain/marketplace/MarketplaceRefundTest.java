package io.throughline.domain.marketplace;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.PaymentStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketplaceRefundTest {
    private static final Instant LATER = Instant.parse("2026-12-01T10:00:00Z");

    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();

    @Test
    void whereNothingWasGivenBackAnOrderReadsAsItWasHandedOver() {
        assertThat(MarketplaceRefund.told(order, List.of())).isSameAs(order);
    }

    @Test
    void whatCameBackIsOffTheOrderAndItsMoneyAmongItsTenders() {
        Order told = MarketplaceRefund.told(order, List.of(refund("MR-1", 1, "24.42")));

        assertThat(told.quantity("L1")).isEqualTo(1);
        assertThat(told.quantity("L2")).isEqualTo(1);
        assertThat(told.sumOfParts())
                .as("the parts still come to the total")
                .isEqualTo(told.total().shop());
        assertThat(told.version()).isEqualTo(LATER);
        assertThat(told.paymentStatus()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
        Tender given = told.tenders().getLast();
        assertThat(given.id()).isEqualTo("MR-1/T1");
        assertThat(given.parent()).contains("T1");
        assertThat(given.gateway()).isEqualTo("shopify_payments");
        assertThat(given.isRefund()).isTrue();
    }

    /** However many refunds there are, each unit is worth its share of the line as it was sold. */
    @Test
    void severalTakeOffTogetherWhatOneWould() {
        Order one = MarketplaceRefund.told(order, List.of(refund("MR-1", 2, "48.83")));
        Order two = MarketplaceRefund.told(order, List.of(refund("MR-1", 1, "24.42"), refund("MR-2", 1, "24.41")));

        assertThat(two.lines()).isEqualTo(one.lines());
        assertThat(two.total()).isEqualTo(one.total());
        assertThat(two.refunded()).isEqualTo(one.refunded()).hasToString("48.83 USD");
        assertThat(two.quantity("L1")).isZero();
    }

    /** Whoever looks what is still to be given out adds what came back to what is told: told twice, it would be sent twice. */
    @Test
    void whatCameBackIsOffTheDeliveriesToo() {
        Order one = MarketplaceRefund.told(order, List.of(refund("MR-1", 1, "24.42")));
        assertThat(one.deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.lines())
                        .extracting(part -> part.lineId() + " " + part.quantity())
                        .containsExactly("L1 1", "L2 1"));
        assertThat(one.deliveries().getFirst().method())
                .isEqualTo(order.deliveries().getFirst().method());

        Order all = MarketplaceRefund.told(
                order,
                List.of(
                        refund("MR-1", 2, "48.83"),
                        refund("MR-2", List.of(new LineQuantity("L2", SampleOrders.CAP, 1)), "43.40")));
        assertThat(all.deliveries()).isEmpty();
    }

    /** By the marketplace's clock the order may have been placed later than it is by ours: what is older than what is known is not read. */
    @Test
    void itIsNeverOlderThanTheOrderWasBefore() {
        Instant ahead = LATER.plusSeconds(90);

        assertThat(MarketplaceRefund.told(order.withVersion(ahead), List.of(refund("MR-1", 1, "24.42")))
                        .version())
                .isEqualTo(ahead);
    }

    private MarketplaceRefund refund(String id, int units, String amount) {
        return refund(id, List.of(new LineQuantity("L1", SampleOrders.TEE, units)), amount);
    }

    private MarketplaceRefund refund(String id, List<LineQuantity> units, String amount) {
        return new MarketplaceRefund(
                id,
                order.id() + "-R" + id,
                units,
                List.of(new MarketplaceRefund.Part("T1", MoneyBag.of(Money.of(amount, CurrencyCode.of("USD"))))),
                LATER);
    }
}
