package io.throughline.activities.order;

import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SampleRefunds;
import io.throughline.workflows.call.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
    void anOrderThatItsChannelTellsAfterAllIsReadWithoutAPerson() {
        Order told = SampleOrders.pickup();
        retail.orders.hint(told.key(), told.channel(), SamplePolicies.RULES);
        retail.channel.accept(told.id());
        CaseId asked = retail.cases.open().getFirst().id();
        assertThat(retail.channel.accept(told.id()).caseId())
                .as("still not told")
                .isEqualTo(asked.value());

        retail.hears(told);
        assertThat(retail.channel.accept(told.id())).isEqualTo(StepResult.done());

        assertThat(retail.cases.outcome(asked))
                .contains("its cause has gone: its channel tells it as an order that can be read");
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

    @Test
    void whatIsGivenBackAfterTheEndIsACaseOnce() {
        Order order = completed();
        changes(later(order).paid().refunded());

        assertThat(openCase().code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
        assertThat(openCase().detail())
                .isEqualTo(
                        "changed at its channel after it had ended COMPLETED: given back 98.74 USD, before 0.00 USD");
        assertThat(openCase().legalActions()).contains(Action.BOOK_AS_RETURN);
        assertThat(retail.orders.find(order.id()).orElseThrow().refunded().isPositive())
                .as("the new version is stored")
                .isTrue();
        retail.channel.accept(order.id());
        retail.steps.relieveAll(order.id(), "the order has ended");
        assertThat(retail.cases.open()).as("it outlives the order").hasSize(1);
    }

    @Test
    void eachChangeAfterTheEndIsACaseOfItsOwn() {
        Order order = completed();
        changes(later(order).paid().cancelledAt(clock.instant()));
        changes(later(order).paid().cancelledAt(clock.instant()).refunded());

        assertThat(retail.cases.open())
                .extracting(Case::detail)
                .satisfiesExactly(
                        first -> assertThat(first).endsWith(": cancelled"),
                        second -> assertThat(second).endsWith(": given back 98.74 USD, before 0.00 USD"));
    }

    @Test
    void whatOurOwnWorkLeavesAtTheChannelIsNoChange() {
        Order order = completed();
        changes(later(order).paid().tags("shipped"));

        assertThat(retail.cases.all()).isEmpty();
        assertThat(retail.orders.find(order.id()).orElseThrow().tags()).containsExactly("shipped");
    }

    @Test
    void whatBecomesOfAnEndedOrderInShadowIsForOthersToFollow() {
        Order order = completed();
        retail.accounts.mode(SampleAccounts.SHOP, EffectMode.SHADOW);
        changes(later(order).paid().refunded());

        assertThat(retail.cases.all()).isEmpty();
    }

    private Order completed() {
        Order order = routed();
        retail.orders.advance(order.id(), OrderStatus.COMPLETED, "for the test");
        return order;
    }

    private OrderBuilder later(Order order) {
        clock.advance(Duration.ofMinutes(1));
        return SampleOrders.twoLines(order.key().externalId()).version(clock.instant());
    }

    private void changes(OrderBuilder changed) {
        Order order = changed.build();
        retail.hears(order);
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
    }

    private Case openCase() {
        assertThat(retail.cases.open()).hasSize(1);
        return retail.cases.open().getFirst();
    }

    private PaymentStatus payment(Order order) {
        retail.hears(order);
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
        return retail.orders.view(order.id()).orElseThrow().payment();
    }

    @Test
    void whatAReturnTookOffAnOpenOrderIsNoDifference() {
        Order order = routed();
        ReturnId id = retail.returns.authorise(
                order,
                new ReturnedTo.ByMail(),
                true,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
        Money paid = Money.of("24.42", order.currency());
        retail.returns.calculate(
                id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(order, "L1", "24.42"), false));
        retail.shop.refundsByHand(order.key(), "L1", 1, paid);

        assertThat(retail.channel.accept(order.id()))
                .as("its refund is told before its reply has come")
                .isEqualTo(StepResult.done());
        retail.returns.issued(id, new Return.Issued("R", Map.of("T1", "BY-HAND"), true, clock.instant()));
        retail.returns.confirmed(id);
        retail.returns.endMoney(id, "in the books");
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());

        retail.shop.refundsByHand(order.key(), "L1", 1, paid);
        assertThat(retail.channel.accept(order.id()).code())
                .as("a second one was taken off by somebody else")
                .isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
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
