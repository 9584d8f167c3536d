package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SampleRefunds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What has left of an order comes back, and is refunded, while another part of it is still to be fetched. */
class OpenOrderReturnTest {
    /** Two tees by mail, and a mug to be fetched downtown. */
    private static final Order ORDER = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000301"), "USD")
            .line(SampleOrders.TEE, 2, "50.00")
            .line(SampleOrders.MUG, 1, "18.00")
            .destination("US", 40.7, -74.0)
            .delivery(new Delivery(
                    DeliveryMethod.SHIPPING,
                    Optional.empty(),
                    Optional.of("gid://shopify/FulfillmentOrder/301"),
                    List.of(new LineQuantity("L1", SampleOrders.TEE, 2))))
            .delivery(new Delivery(
                    DeliveryMethod.PICKUP,
                    Optional.of(SampleFacilities.ST_DOWNTOWN),
                    Optional.of("gid://shopify/FulfillmentOrder/302"),
                    List.of(new LineQuantity("L2", SampleOrders.MUG, 1))))
            .paid()
            .build();

    @Test
    void theRestGoesOnAndBothAreInTheBooks() {
        try (OrderRun run = OrderRun.of(ORDER)) {
            run.start().reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
            run.reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            ReturnId one = comesBack(run);
            run.wake("channel");
            run.await(
                    "the news",
                    () -> run.retail.orders.find(ORDER.id()).orElseThrow().quantity("L1") == 1);

            run.reports(2, FulfillmentStatus.READY_FOR_PICKUP).awaitStatus(2, FulfillmentStatus.READY_FOR_PICKUP);
            run.reports(2, FulfillmentStatus.PICKED_UP);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
            assertThat(run.retail.orders.view(ORDER.id()).orElseThrow().posting())
                    .isEqualTo(PostingStatus.CONFIRMED);
            assertThat(run.retail
                            .erp
                            .invoice(run.work(1) + "/invoice")
                            .total()
                            .plus(run.retail
                                    .erp
                                    .invoice(run.work(2) + "/invoice")
                                    .total()))
                    .isEqualTo(ORDER.total().shop());
            assertThat(run.retail.returns.get(one).repayment()).isPresent();
        }
    }

    private static ReturnId comesBack(OrderRun run) {
        ReturnId id = run.retail.returns.authorise(
                ORDER,
                new ReturnedTo.ByMail(),
                true,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.empty()));
        run.retail.returns.calculate(
                id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(ORDER, "L1", "25.00"), false));
        run.retail.shop.refundsByHand(ORDER.key(), "L1", 1, Money.of("25.00", ORDER.currency()));
        run.retail.returns.issued(id, new Return.Issued("R", Map.of("T1", "BY-HAND"), true, run.now()));
        return id;
    }
}
