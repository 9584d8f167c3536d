package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The real process over the real steps, of a pickup whose customer takes a part and comes for the rest another time. */
class ShortPickupTest {
    @Test
    void theRestLiesReadyOnAndIsInvoicedWhenItIsCollected() {
        try (OrderRun run = OrderRun.of(threeMugs())) {
            run.start()
                    .reports(1, FulfillmentStatus.READY_FOR_PICKUP)
                    .awaitEffect("tell")
                    .awaitStatus(1, FulfillmentStatus.READY_FOR_PICKUP);
            FulfillmentOrderId rest = partly(run);
            run.wake("order " + run.work(1));
            run.await("the invoice of the part", () -> effects(run, "invoice") == 1);
            run.await(
                    "the customer is told of the rest",
                    () -> run.retail.vendor.effects().stream()
                            .anyMatch(effect -> effect.startsWith("tell ") && effect.contains(rest.value())));
            assertThat(run.running()).isTrue();
            assertThat(run.retail.inventory.onHand(SampleFacilities.ST_DOWNTOWN, SampleOrders.MUG))
                    .isEqualTo(8);

            run.retail.work.report(rest, FulfillmentStatus.PICKED_UP);
            run.wake("order " + rest);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(effects(run, "invoice")).isEqualTo(2);
            assertThat(run.retail.inventory.onHand(SampleFacilities.ST_DOWNTOWN, SampleOrders.MUG))
                    .isEqualTo(6);
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    private static FulfillmentOrderId partly(OrderRun run) {
        LineQuantity all = run.retail.work.get(run.work(1)).lines().getFirst();
        List<LineQuantity> left = List.of(new LineQuantity(all.lineId(), all.sku(), 2));
        FulfillmentOrderId rest =
                run.retail.work.handOverPart(run.work(1), List.of(new LineQuantity(all.lineId(), all.sku(), 1)), left);
        run.retail.inventory.passOn(run.work(1), rest, left);
        return rest;
    }

    private static long effects(OrderRun run, String operation) {
        return run.retail.vendor.effects().stream()
                .filter(effect -> effect.startsWith(operation + " "))
                .count();
    }

    private static Order threeMugs() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000993"), "USD")
                .line(SampleOrders.MUG, 3, "54.00")
                .deliver(
                        DeliveryMethod.PICKUP,
                        Optional.of(SampleFacilities.ST_DOWNTOWN),
                        Optional.of("gid://shopify/FulfillmentOrder/6500000000993"))
                .paid()
                .build();
    }
}
