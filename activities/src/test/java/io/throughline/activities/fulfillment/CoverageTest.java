package io.throughline.activities.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.inventory.TestingInventory;
import io.throughline.domain.marketplace.MarketplaceRefund;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SamplePurchases;
import io.throughline.domain.returns.SampleRefunds;
import io.throughline.domain.returns.TestingReturns;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Order SOLD = SampleOrders.twoBags();

    /** One bag has left and was brought back, so the channel tells of one less. */
    private static final Order NOW = new OrderBuilder(SOLD.key(), "USD")
            .line(SampleOrders.BAG, 1, "95.00")
            .build();

    private final TestingReturns returns = new TestingReturns();
    private final TestingInventory inventory = new TestingInventory(new TestingFulfillmentOrders(Clock.systemUTC()));
    private final Coverage coverage = new Coverage(returns, inventory, Bundles.none(), new SamplePolicies());

    private final FulfillmentOrder shipped = work(1, FulfillmentStatus.SHIPPED);
    private final FulfillmentOrder rejected = work(2, FulfillmentStatus.REJECTED);

    @Test
    void whatCameBackTakesNobodysPlace() {
        bringsBackOne();

        assertThat(coverage.replaced(Optional.empty(), NOW, rejected, List.of(shipped, rejected)))
                .as("the other bag is still to be sent")
                .isFalse();
        assertThat(coverage.replaced(
                        Optional.empty(),
                        NOW,
                        rejected,
                        List.of(shipped, rejected, work(3, FulfillmentStatus.RELEASED))))
                .isTrue();
    }

    @Test
    void withoutAReturnTheOrderIsTakenAtItsWord() {
        assertThat(coverage.replaced(Optional.empty(), NOW, rejected, List.of(shipped, rejected)))
                .isTrue();
    }

    @Test
    void whatCameBackIsStillPartOfWhatWasGivenOut() {
        bringsBackOne();
        Order shown = new OrderBuilder(SOLD.key(), "USD")
                .line(SampleOrders.BAG, 1, "95.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();

        assertThat(coverage.asGivenOut(shown).stream()
                        .flatMap(delivery -> delivery.lines().stream())
                        .mapToInt(LineQuantity::quantity)
                        .sum())
                .isEqualTo(2);
    }

    /** Of a marketplace's order, we tell ourselves what is left: no unit of it is sent once more. */
    @Test
    void whatAMarketplaceHasTakenBackIsGivenOutOnce() {
        bringsBackOne();
        Order told = MarketplaceRefund.told(
                SOLD,
                List.of(new MarketplaceRefund(
                        "MR-1",
                        SOLD.id() + "-R1",
                        List.of(new LineQuantity("L1", SampleOrders.BAG, 1)),
                        List.of(),
                        Instant.now())));

        assertThat(units(coverage.asGivenOut(told).stream()
                        .flatMap(delivery -> delivery.lines().stream())
                        .toList()))
                .isEqualTo(2);
        assertThat(units(coverage.needs(
                        told,
                        told.deliveries().stream()
                                .flatMap(delivery -> delivery.lines().stream())
                                .toList())))
                .isEqualTo(2);
    }

    private static int units(List<LineQuantity> parts) {
        return parts.stream().mapToInt(LineQuantity::quantity).sum();
    }

    private void bringsBackOne() {
        ReturnId id = returns.authorise(
                SOLD,
                new ReturnedTo.ByMail(),
                true,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.empty()));
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(SOLD, "L1", "98.81"), false));
    }

    private static FulfillmentOrder work(int ordinal, FulfillmentStatus status) {
        return SamplePurchases.work(SOLD, ordinal, status, List.of(new LineQuantity("L1", SampleOrders.BAG, 1)));
    }
}
