package io.throughline.activities.finance;

import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SampleRefunds;
import io.throughline.workflows.call.StepResult;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody gives back at the channel of an order that is under way. */
class GivenBackBesideTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T04:00:00Z"));
    private final TestingRetail retail = TestingRetail.quiet(clock);
    private final Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());

    /** A part of the delivery, say: what it lowers only a person can tell, and does so before the order closes. */
    @Test
    void whatLowersWhatWasSoldIsToldToAPersonBeforeTheOrderCloses() {
        retail.finance.announce(order.id());
        retail.shop.refundsByHand(order.key(), "L1", 0, usd("5.00"));
        retail.channel.accept(order.id());
        retail.finance.invoice(ship());
        assertThat(retail.cases.all())
                .as("it may yet be of what is not invoiced")
                .isEmpty();

        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());

        assertThat(openCase().code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
        assertThat(openCase().detail()).startsWith("5.00 USD was given back at the channel");
        assertThat(openCase().legalActions()).contains(Action.BOOK_AS_RETURN);
        assertThat(posting()).isEqualTo(PostingStatus.CONFIRMED);
        retail.finance.settle(order.id());
        retail.channel.accept(order.id());
        assertThat(retail.cases.all()).as("once").hasSize(1);
        retail.cases.decide(openCase().id(), Action.BOOK_AS_RETURN);
        retail.steps.relieveAll(order.id(), "the order has ended");
        assertThat(retail.cases.all())
                .as("what was decided is still to be carried out")
                .noneMatch(one -> one.closedAt().isPresent());
    }

    /** As with a line that was taken off before it could leave: it is paid for, not invoiced, and what was paid for it goes back. */
    @Test
    void whatWasPaidAndNotInvoicedIsBookedAsGivenBack() {
        Order more = routed(SampleOrders.twoLines("6500000000104")
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "shopify_payments", "110.00", Optional.empty())
                .build());
        retail.finance.announce(more.id());
        retail.shop.refundsByHand(more.key(), "L1", 0, usd("11.26"));
        retail.channel.accept(more.id());
        retail.finance.invoice(ship(more));

        assertThat(retail.finance.settle(more.id())).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).contains("payment " + more.id() + "/refund/BY-HAND");
        assertThat(retail.cases.all()).isEmpty();
        assertThat(retail.journals.of(more.id()))
                .hasSize(3)
                .extracting(Journals.Posting::status)
                .containsOnly(PostingStatus.CONFIRMED);
    }

    /** Read when the books were just closed. */
    @Test
    void whatIsToldBetweenTheBooksAndTheEndIsNotLost() {
        retail.finance.announce(order.id());
        retail.finance.invoice(ship());
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.cases.all()).isEmpty();

        retail.shop.refundsByHand(order.key(), "L1", 0, usd("5.00"));
        retail.channel.accept(order.id());

        assertThat(openCase().detail()).startsWith("5.00 USD was given back at the channel");
    }

    /** While another part of its order is still to leave. */
    @Test
    void aRefundOfAReturnThatFailsAfterItHadComeThroughIsTold() {
        refundedByAReturn();
        retail.channel.accept(order.id());
        assertThat(retail.cases.all()).isEmpty();

        retail.shop.takesBackItsWord(order.key());
        retail.channel.accept(order.id());
        retail.channel.accept(order.id());

        assertThat(openCase().code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
        assertThat(openCase().detail()).startsWith("24.42 USD had been given back at the channel by BY-HAND");
    }

    /** Its books are those of the return. */
    @Test
    void whatAReturnGaveIsNoneOfTheOrders() {
        retail.finance.announce(order.id());
        retail.finance.invoice(ship());
        refundedByAReturn();
        retail.channel.accept(order.id());

        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.cases.all()).isEmpty();
    }

    /** The reply to the refund was lost, and the order is settled before its return has found out. */
    @Test
    void whatAReturnIsJustGivingIsItsOwnThoughTheOrderWasPaidTooMuch() {
        Order more = overpaid("6500000000105");
        ReturnId id = approved(more);
        retail.shop.refundsByHand(more.key(), "L1", 1, usd("24.42"));
        retail.channel.accept(more.id());

        assertThat(retail.finance.settle(more.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).noneMatch(effect -> effect.contains("/refund/"));
        assertThat(retail.cases.all()).isEmpty();

        retail.returns.issued(id, new Return.Issued("R", Map.of("T1", "BY-HAND"), true, clock.instant()));
        retail.returns.confirmed(id);
        assertThat(retail.finance.settle(more.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).noneMatch(effect -> effect.contains("/refund/"));
        assertThat(retail.cases.all()).isEmpty();
    }

    /** It is not what the return gives, and nobody else will tell of it. */
    @Test
    void anotherAmountIsBookedWhileAReturnIsGiving() {
        Order more = overpaid("6500000000106");
        approved(more);
        retail.shop.refundsByHand(more.key(), "L1", 0, usd("11.26"));
        retail.channel.accept(more.id());

        assertThat(retail.finance.settle(more.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).contains("payment " + more.id() + "/refund/BY-HAND");
    }

    private Order overpaid(String externalId) {
        Order more = routed(SampleOrders.twoLines(externalId)
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "shopify_payments", "130.00", Optional.empty())
                .build());
        retail.finance.announce(more.id());
        retail.finance.invoice(ship(more));
        return more;
    }

    private void refundedByAReturn() {
        ReturnId id = approved(order);
        retail.shop.refundsByHand(order.key(), "L1", 1, usd("24.42"));
        retail.returns.issued(id, new Return.Issued("R", Map.of("T1", "BY-HAND"), true, clock.instant()));
        retail.returns.confirmed(id);
        retail.returns.endMoney(id, "in the books");
    }

    private ReturnId approved(Order order) {
        ReturnId id = retail.returns.authorise(
                order,
                new ReturnedTo.ByMail(),
                true,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
        retail.returns.calculate(
                id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(order, "L1", "24.42"), false));
        return id;
    }

    private Order routed(Order placed) {
        retail.inventory.stock(SampleFacilities.WH_EAST, TEE, 9).stock(SampleFacilities.WH_EAST, CAP, 9);
        retail.hears(placed);
        retail.channel.accept(placed.id());
        retail.own.screen(placed.id(), "standard-1");
        assertThat(retail.own.allocate(placed.id())).isEqualTo(StepResult.done());
        return placed;
    }

    private FulfillmentOrderId ship() {
        return ship(order);
    }

    private FulfillmentOrderId ship(Order routed) {
        FulfillmentOrder work = retail.work.get(FulfillmentOrderId.of(routed.id(), 1));
        retail.work.observed(
                work.id(),
                new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                clock.instant(),
                Optional.empty());
        return work.id();
    }

    private PostingStatus posting() {
        return retail.orders.view(order.id()).map(OrderView::posting).orElseThrow();
    }

    private Case openCase() {
        assertThat(retail.cases.open()).hasSize(1);
        return retail.cases.open().getFirst();
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }
}
