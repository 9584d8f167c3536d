package io.throughline.domain.returns;

import static io.throughline.domain.order.OrderBuilder.tax;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.GIFT_CARD;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PurchaseHistoryTest {
    private final Order sold = order(2, "45.00", "1.80").build();

    @Test
    void whatTheChannelTookOffAfterItLeftHasComeBack() {
        Order afterReturn = order(1, "22.50", "0.90").build();

        Purchase purchase = purchase(List.of(afterReturn, sold), left(1, tees(2)));

        assertThat(purchase.lines())
                .extracting(line -> line.sold().total().toString(), Purchase.Line::handedOver, Purchase.Line::returned)
                .containsExactly(tuple("45.00 USD", 2, 1));
    }

    @Test
    void whatTheChannelTookOffBeforeItLeftWasNeverSold() {
        Order afterRemoval = order(1, "22.50", "0.90").build();

        Purchase purchase = purchase(List.of(afterRemoval, sold), left(1, tees(1)));

        assertThat(purchase.lines())
                .extracting(line -> line.sold().total().toString(), Purchase.Line::handedOver, Purchase.Line::returned)
                .containsExactly(tuple("22.50 USD", 1, 0));
    }

    @Test
    void whatIsStillToLeaveWasSoldToo() {
        Order afterReturn = order(2, "45.00", "1.80").build();
        Order whole = order(3, "67.50", "2.70").build();

        Purchase purchase = purchase(
                List.of(afterReturn, whole),
                left(1, tees(2)),
                SamplePurchases.work(whole, 2, FulfillmentStatus.PACKED, List.of(tees(1))));

        assertThat(purchase.lines())
                .extracting(line -> line.sold().quantity(), Purchase.Line::handedOver, Purchase.Line::returned)
                .containsExactly(tuple(3, 2, 1));
    }

    @Test
    void whatWasRejectedHasNotLeft() {
        Purchase purchase =
                purchase(List.of(sold), SamplePurchases.work(sold, 1, FulfillmentStatus.REJECTED, List.of(tees(2))));

        assertThat(purchase.lines()).singleElement().satisfies(line -> {
            assertThat(line.handedOver()).isZero();
            assertThat(line.handedOverAt()).isEmpty();
        });
    }

    @Test
    void theLastHandingOverCounts() {
        Purchase purchase = purchase(List.of(sold), left(1, tees(1)), left(2, tees(1)));

        assertThat(purchase.lines().getFirst().handedOverAt()).contains(at(2));
    }

    @Test
    void aGiftCardIsGivenWithTheFirstGoods() {
        Order order = builder()
                .line(TEE, 1, "25.00")
                .giftCard(GIFT_CARD, "50.00")
                .deliver(DeliveryMethod.NONE, Optional.empty(), Optional.empty())
                .paid()
                .build();

        assertThat(purchase(List.of(order), left(1, tees(1))).lines())
                .extracting(Purchase.Line::handedOver)
                .containsExactly(1, 1);
        assertThat(purchase(List.of(order)).lines())
                .extracting(Purchase.Line::handedOver)
                .containsExactly(0, 0);
    }

    @Test
    void whatWasAddedInExchangeIsSoldAsItIsToldNow() {
        Order exchanged = builder().line(TEE, 1, "22.50").line(CAP, 1, "40.00").build();
        LineQuantity cap = new LineQuantity("L2", CAP, 1);

        Purchase purchase = purchase(List.of(exchanged, sold), left(1, tees(2)), left(2, cap));

        assertThat(purchase.lines())
                .extracting(line -> line.sold().total().toString(), Purchase.Line::handedOver, Purchase.Line::returned)
                .containsExactly(tuple("45.00 USD", 2, 1), tuple("40.00 USD", 1, 0));
    }

    /** More of one line and less of another was wanted at once, and too much of the latter had left: each is sold as it was told last with all of it. */
    @Test
    void whatNoVersionHasAllOfIsSoldLineByLine() {
        Order before = builder().line(TEE, 2, "45.00").line(CAP, 1, "40.00").build();
        Order now = builder().line(TEE, 1, "22.50").line(CAP, 3, "119.99").build();
        PurchaseHistory history = new PurchaseHistory(
                List.of(now, before),
                List.of(left(1, tees(2), new LineQuantity("L2", CAP, 1)), left(2, new LineQuantity("L2", CAP, 2))),
                Map.of());

        assertThat(history.sale()).isEmpty();
        assertThat(history.saleByLines().lines())
                .extracting(line -> line.quantity() + " " + line.total())
                .containsExactly("2 45.00 USD", "3 119.99 USD");
    }

    @Test
    void refundsAreTakenOffThePaymentThatTheyName() {
        Order order = builder()
                .line(TEE, 2, "50.00")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "gift_card", "20.00", Optional.empty())
                .tender("T2", Tender.Kind.SALE, Tender.Status.SUCCESS, "shopify_payments", "30.00", Optional.empty())
                .tender("R1", Tender.Kind.REFUND, Tender.Status.SUCCESS, "shopify_payments", "5.00", Optional.of("T1"))
                .tender("R2", Tender.Kind.REFUND, Tender.Status.SUCCESS, "gift_card", "16.00", Optional.of("T9"))
                .build();

        assertThat(purchase(List.of(order)).payments())
                .extracting(payment -> payment.tender().id(), Payment::left)
                .containsExactly(
                        tuple("T1", Money.of("0.00", order.currency())),
                        tuple("T2", Money.of("29.00", order.currency())));
    }

    private Purchase purchase(List<Order> versions, FulfillmentOrder... work) {
        return new PurchaseHistory(
                        versions,
                        List.of(work),
                        Map.of(left(1, tees(1)).id(), at(1), left(2, tees(1)).id(), at(2)))
                .purchase();
    }

    private FulfillmentOrder left(int ordinal, LineQuantity... lines) {
        return SamplePurchases.work(sold, ordinal, FulfillmentStatus.SHIPPED, List.of(lines));
    }

    private static Instant at(int day) {
        return Instant.parse("2026-11-2" + day + "T12:00:00Z");
    }

    private static LineQuantity tees(int quantity) {
        return new LineQuantity("L1", TEE, quantity);
    }

    private static OrderBuilder order(int quantity, String total, String state) {
        return builder().line(TEE, quantity, total, tax("NY State", state)).paid();
    }

    private static OrderBuilder builder() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "1"), "USD");
    }
}
