package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A basket of a till of which a part was carried out of the store, and others ship the rest. */
class MixedBasketTest {
    static List<OrderPolicy> policies() {
        return List.of(
                SamplePolicies.STANDARD, SamplePolicies.WAITING, SamplePolicies.IN_PARTS, SamplePolicies.EDITABLE);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void whatWasCarriedOutIsItsStoresAndTheRestIsShippedByOthers(OrderPolicy policy) {
        try (OrderRun run = OrderRun.under(policy, basket())) {
            run.start().awaitStatus(2, FulfillmentStatus.RELEASED);

            FulfillmentOrder carriedOut = run.retail.work.get(run.work(1));
            assertThat(carriedOut.facility()).isEqualTo(SampleFacilities.ST_DOWNTOWN);
            assertThat(carriedOut.status()).isEqualTo(FulfillmentStatus.PICKED_UP);
            assertThat(carriedOut.lines()).extracting(LineQuantity::sku).containsExactly(SampleOrders.CAP);
            FulfillmentOrder shipped = run.retail.work.get(run.work(2));
            assertThat(shipped.facility()).isNotEqualTo(SampleFacilities.ST_DOWNTOWN);
            assertThat(shipped.lines())
                    .extracting(LineQuantity::sku, LineQuantity::quantity)
                    .containsExactly(tuple(SampleOrders.TEE, 2));
            assertThat(run.retail.inventory.onHand(SampleFacilities.ST_DOWNTOWN, SampleOrders.CAP))
                    .as("it left when it was sold")
                    .isEqualTo(8);
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isEqualTo(2);

            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(2);
            assertThat(run.retail.cases.all()).isEmpty();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatCanNotBeHadIsAskedAboutWhileWhatLeftIsBooked() {
        try (OrderRun run = OrderRun.under(SamplePolicies.STANDARD, basket())) {
            SampleFacilities.ALL_IDS.forEach(id -> run.retail.inventory.stock(id, SampleOrders.TEE, 0));
            run.start().awaitEffect("invoice");
            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.STOCK_MISSING);

            run.wake("channel").passes(Duration.ofSeconds(5));
            assertThat(run.retail.cases.open()).as("and is no difference").hasSize(1);
            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 5);
            run.decides(Action.RETRY).awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** Died between the two: the rest is routed by the next attempt. */
    @Test
    void whatLeftIsRecordedOnceAndTheRestIsRoutedWhateverHappensInBetween() {
        try (OrderRun run = OrderRun.under(SamplePolicies.WAITING, basket())) {
            SampleFacilities.ALL_IDS.forEach(id -> run.retail.inventory.stock(id, SampleOrders.TEE, 0));
            run.retail.inventory.expect(run.now().plus(Duration.ofDays(3)), SampleOrders.TEE, SampleOrders.CAP);
            run.start().awaitEffect("invoice");
            run.startAgain();
            run.passes(Duration.ofSeconds(5));
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);

            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 5);
            run.wake("order stock").awaitStatus(2, FulfillmentStatus.RELEASED);
            run.reports(2, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(2);
            assertNothingIsLeft(run);
        }
    }

    private static Order basket() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000821"), "USD")
                .channel(Channel.POINT_OF_SALE)
                .line(SampleOrders.CAP, 1, "25.00")
                .line(SampleOrders.TEE, 2, "60.00")
                .destination("US", 40.7, -74.0)
                .delivery(new Delivery(
                        DeliveryMethod.CARRIED_OUT,
                        Optional.of(SampleFacilities.ST_DOWNTOWN),
                        Optional.of("gid://shopify/FulfillmentOrder/821"),
                        List.of(new LineQuantity("L1", SampleOrders.CAP, 1))))
                .delivery(new Delivery(
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        Optional.of("gid://shopify/FulfillmentOrder/822"),
                        List.of(new LineQuantity("L2", SampleOrders.TEE, 2))))
                .paid()
                .build()
                .withSoldAt(SampleFacilities.ST_DOWNTOWN);
    }
}
