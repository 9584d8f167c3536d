package io.throughline.activities.order;

import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.workflows.call.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelStepsTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
    private final TestingRetail retail = TestingRetail.quiet(clock);

    @Test
    void whatTheChannelSaysIsStoredWithHowItIsPaid() {
        assertThat(payment(SampleOrders.authorisedOnly())).isEqualTo(PaymentStatus.AUTHORIZED);
        assertThat(payment(SampleOrders.pickup())).isEqualTo(PaymentStatus.CAPTURED);
        assertThat(payment(SampleOrders.giftCards())).isEqualTo(PaymentStatus.CAPTURED);
        assertThat(payment(SampleOrders.twoLines("6500000000055").build())).isEqualTo(PaymentStatus.PENDING);
    }

    @Test
    void anOrderThatItsChannelDoesNotKnowWaitsForAPerson() {
        Order unknown = SampleOrders.pickup();
        retail.orders.hint(unknown.key(), unknown.channel(), SamplePolicies.RULES);

        assertThat(retail.channel.accept(unknown.id()).code()).isEqualTo(FailureCode.ORDER_UNREADABLE);
    }

    @Test
    void quantitiesChangedAfterTheWorkWasGivenOutAreAskedAboutByName() {
        Order order = routed();
        change(order, 3);

        assertThat(retail.channel.accept(order.id()).code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
        Case open = retail.cases.open().getFirst();
        assertThat(open.detail()).contains("NW-TEE-BLK-M 3 wanted, 2 given out").doesNotContain("NW-CAP");
        retail.cases.decide(open.id(), Action.ACCEPT_DIFFERENCE);
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());

        assertThat(retail.channel.accept(order.id()))
                .as("the same difference is not asked about twice")
                .isEqualTo(StepResult.done());
        change(order, 4);
        assertThat(retail.channel.accept(order.id()).verdict())
                .as("another one is")
                .isEqualTo(StepResult.Verdict.PARKED);
    }

    @Test
    void workThatIsStillToBeRoutedIsNoDifference() {
        Order order = routed();
        retail.work.rejected(FulfillmentOrderId.of(order.id(), 1), "no tees");

        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
    }

    @Test
    void aCancellationEndsAnOrderThatNobodyWorksOnYet() {
        Order order = SampleOrders.twoLines("6500000000001")
                .cancelledAt(clock.instant())
                .paid()
                .build();
        retail.hears(order);

        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.cancelled());
        assertThat(retail.orders.view(order.id()).flatMap(OrderView::cancelRequestedAt))
                .isPresent();
        assertThat(retail.channel.cancel(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).as("it is cancelled there already").isEmpty();
    }

    @Test
    void workThatIsCalledBackForACancellationIsNoDifference() {
        Order order = routed();
        retail.orders.requestCancel(order.id(), "ada", "by telephone");
        retail.work.cancelled(FulfillmentOrderId.of(order.id(), 1), "the order has ended");

        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
    }

    @Test
    void anOrderThatWeEndIsCancelledAtItsChannelOnce() {
        Order order = routed();

        retail.channel.cancel(order.id());
        retail.channel.cancel(order.id());

        assertThat(retail.vendor.effects())
                .containsExactly("cancel " + order.key().externalId());
    }

    private PaymentStatus payment(Order order) {
        retail.hears(order);
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
        return retail.orders.view(order.id()).orElseThrow().payment();
    }

    private Order routed() {
        Order order = SampleOrders.twoLinesWithTaxAndDiscount();
        retail.inventory.stock(SampleFacilities.WH_EAST, TEE, 9).stock(SampleFacilities.WH_EAST, CAP, 9);
        retail.hears(order);
        retail.channel.accept(order.id());
        retail.own.screen(order.id(), "standard-1");
        assertThat(retail.own.allocate(order.id())).isEqualTo(StepResult.done());
        return order;
    }

    private void change(Order order, int tees) {
        clock.advance(Duration.ofMinutes(1));
        retail.hears(new OrderBuilder(order.key(), "USD")
                .line(TEE, tees, "45.00")
                .line(CAP, 1, "40.00")
                .version(clock.instant())
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .paid()
                .build());
    }
}
