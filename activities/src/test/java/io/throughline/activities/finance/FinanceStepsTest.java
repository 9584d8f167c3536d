package io.throughline.activities.finance;

import static io.throughline.domain.order.SampleOrders.BAG;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.returns.Exchange;
import io.throughline.workflows.call.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinanceStepsTest {
    /** Eleven in the evening of the 23rd in Newark. */
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T04:00:00Z"));

    private final TestingRetail retail = TestingRetail.quiet(clock);

    @Test
    void theErpLearnsOfTheDemandAndOfTheMoneyOnce() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());

        assertThat(retail.finance.announce(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.finance.announce(order.id())).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects())
                .containsExactly("announce " + order.id(), "payment " + order.id() + "/payment/T1");
    }

    /** Whoever is reset comes here again when the order has long become another. */
    @Test
    void whatTheErpWasToldStaysAsItWasTold() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.finance.announce(order.id());
        FulfillmentOrderId work = ship(order, 1);
        retail.finance.invoice(work);
        List<String> before = retail.vendor.effects();
        changeAmounts(order);

        assertThat(retail.finance.announce(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.finance.invoice(work)).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).isEqualTo(before);
    }

    @Test
    void anOrderThatIsToBeCancelledIsNotAnnouncedAnyMore() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.orders.requestCancel(order.id(), "ada", "by telephone");

        assertThat(retail.finance.announce(order.id())).isEqualTo(StepResult.cancelled());
        assertThat(retail.vendor.effects()).isEmpty();
    }

    @Test
    void anOrderOfWhichSomethingHasLeftIsAnnouncedThoughItWasToBeCancelled() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        ship(order, 1);
        retail.orders.requestCancel(order.id(), "ada", "by telephone");

        assertThat(retail.finance.announce(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).contains("announce " + order.id());
    }

    @Test
    void booksThatAreEqualAreConfirmed() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.finance.announce(order.id());
        retail.finance.invoice(ship(order, 1));

        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
        assertThat(posting(order)).isEqualTo(PostingStatus.CONFIRMED);
        assertThat(retail.journals.of(order.id()))
                .hasSize(2)
                .allMatch(posting -> posting.status() == PostingStatus.CONFIRMED)
                .allMatch(posting -> posting.documentNumber().isPresent());
    }

    @Test
    void aPaymentThatIsOnItsWayIsWaitedForUntilItsTimeIsOver() {
        Order order = routed(
                SampleOrders.twoLines("6500000000091").pending(clock.instant()).build());
        retail.finance.invoice(ship(order, 1));

        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.waiting());
        Instant due = retail.finance.paymentDue(order.id());
        assertThat(due).isEqualTo(clock.instant().plus(SamplePolicies.STANDARD.confirmPaymentWithin()));
        assertThat(retail.cases.all()).isEmpty();

        clock.advance(SamplePolicies.STANDARD.confirmPaymentWithin());
        assertThat(retail.finance.settle(order.id()).code()).isEqualTo(FailureCode.PAYMENT_MISSING);
        assertThat(openCase().detail()).isEqualTo("0.00 USD of 98.74 USD is paid");

        retail.shop.confirms(order.key());
        assertThat(retail.finance.settle(order.id())).as("the money has come").isEqualTo(StepResult.done());
        assertThat(retail.cases.open()).isEmpty();
        assertThat(retail.vendor.effects()).containsOnlyOnce("payment " + order.id() + "/payment/T1");
        assertThat(posting(order)).isEqualTo(PostingStatus.CONFIRMED);
    }

    @Test
    void aPaymentThatWasReadAfterTheInvoiceIsBookedBeforeTheBooksAreCompared() {
        Order order = routed(
                SampleOrders.twoLines("6500000000092").pending(clock.instant()).build());
        retail.finance.announce(order.id());
        retail.finance.invoice(ship(order, 1));
        retail.shop.confirms(order.key());
        retail.channel.accept(order.id());
        retail.vendor.refuses("payment", FailureCode.ERP_REJECTED, "no such gateway");

        assertThat(retail.finance.settle(order.id()).code()).isEqualTo(FailureCode.ERP_REJECTED);
        retail.cases.decide(openCase().id(), Action.RETRY);
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.journals.of(order.id())).hasSize(2);
        assertThat(retail.vendor.effects()).containsOnlyOnce("payment " + order.id() + "/payment/T1");
    }

    @Test
    void whereOthersTakeTheMoneyNoneIsMissed() {
        Order order = routed(SampleOrders.authorisedOnly());
        retail.finance.invoice(ship(order, 1));
        retail.accounts.mode(SampleAccounts.SHOP, io.throughline.domain.account.EffectMode.SHADOW);

        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
    }

    @Test
    void whereTheBooksDifferTheCaseNamesAccountExpectationAndBooking() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.finance.announce(order.id());
        retail.finance.invoice(ship(order, 1));
        CurrencyCode usd = order.currency();
        retail.erp.books(LedgerAccount.tax("NY State"), Money.of("0.01", usd));
        retail.erp.books(LedgerAccount.of(LedgerAccount.Role.ROUNDING), Money.of("-0.01", usd));

        StepResult parked = retail.finance.settle(order.id());

        assertThat(parked.code()).isEqualTo(FailureCode.ERP_BOOKS_DIFFER);
        assertThat(openCase().detail())
                .isEqualTo("TAX:NY State expected -3.64 USD booked -3.63 USD; "
                        + "ROUNDING expected nothing booked -0.01 USD");
        assertThat(posting(order)).isEqualTo(PostingStatus.POSTED);
        retail.cases.decide(openCase().id(), Action.ACCEPT_DIFFERENCE);
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
    }

    /** In vain it stays the case that it was, with its clock; it posts nothing again. */
    @Test
    void booksThatAreTriedByThePolicyAreComparedUntilTheyAreEqual() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.finance.announce(order.id());
        retail.finance.invoice(ship(order, 1));
        retail.erp.books(LedgerAccount.tax("NY State"), Money.of("0.01", order.currency()));
        retail.finance.settle(order.id());
        Case differs = openCase();
        List<String> posted = List.copyOf(retail.vendor.effects());

        retail.cases.decide(differs.id(), probe());
        assertThat(retail.finance.settle(order.id()).code()).isEqualTo(FailureCode.ERP_BOOKS_DIFFER);
        assertThat(openCase()).extracting(Case::id, Case::openedAt).containsExactly(differs.id(), differs.openedAt());

        retail.erp.books(LedgerAccount.tax("NY State"), Money.of("-0.01", order.currency()));
        retail.cases.decide(differs.id(), probe());
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.cases.open()).isEmpty();
        assertThat(posting(order)).isEqualTo(PostingStatus.CONFIRMED);
        assertThat(retail.vendor.effects()).isEqualTo(posted);
    }

    private Decision probe() {
        return new Decision(Action.RETRY, Decision.OURSELVES, true, Optional.empty(), Map.of(), clock.instant());
    }

    @Test
    void aClosedPeriodIsShownAndTheInvoiceMayBeMovedToAnOpenDay() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        FulfillmentOrderId work = ship(order, 1);
        retail.vendor.refuses("invoice", FailureCode.ERP_PERIOD_CLOSED, "November is closed");

        assertThat(retail.finance.invoice(work).verdict()).isEqualTo(StepResult.Verdict.PARKED);
        assertThat(posting(order)).isEqualTo(PostingStatus.BLOCKED_PERIOD);

        retail.cases.decide(openCase().id(), Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01"));
        assertThat(retail.finance.invoice(work)).isEqualTo(StepResult.done());
        assertThat(retail.erp.invoice(work + "/invoice").businessDate()).isEqualTo(LocalDate.of(2026, 12, 1));
        assertThat(posting(order)).isEqualTo(PostingStatus.POSTED);
        assertThat(retail.journals.of(order.id()))
                .extracting(posting -> posting.journal().businessDate())
                .as("the day on which it happened stays")
                .contains(LocalDate.of(2026, 11, 23));
    }

    @Test
    void aPaymentMayBeMovedToAnOpenDayToo() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.vendor.refuses("payment", FailureCode.ERP_PERIOD_CLOSED, "November is closed");
        assertThat(retail.finance.announce(order.id()).verdict()).isEqualTo(StepResult.Verdict.PARKED);

        retail.cases.decide(openCase().id(), Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01"));

        assertThat(retail.finance.announce(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.erp.payment(order.id() + "/payment/T1").businessDate())
                .isEqualTo(LocalDate.of(2026, 12, 1));
        assertThat(retail.cases.open()).isEmpty();
        retail.finance.invoice(ship(order, 1));
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
    }

    @Test
    void whatWasMovedToAnotherDayStaysThereWhenItIsRefusedForAnotherReason() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        FulfillmentOrderId work = ship(order, 1);
        retail.vendor.refuses("invoice", FailureCode.ERP_PERIOD_CLOSED, "November is closed");
        retail.finance.invoice(work);
        retail.cases.decide(openCase().id(), Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01"));
        retail.vendor.refuses("invoice", FailureCode.ERP_REJECTED, "no such product");
        retail.finance.invoice(work);

        retail.cases.decide(openCase().id(), Action.RETRY);

        assertThat(retail.finance.invoice(work)).isEqualTo(StepResult.done());
        assertThat(retail.erp.invoice(work + "/invoice").businessDate()).isEqualTo(LocalDate.of(2026, 12, 1));
    }

    @Test
    void anAmendmentThatNobodyCanActUponIsAQuestionAgain() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        FulfillmentOrderId work = ship(order, 1);
        retail.vendor.refuses("invoice", FailureCode.ERP_PERIOD_CLOSED, "November is closed");
        StepResult parked = retail.finance.invoice(work);
        assertThat(parked.refusedBy()).isEqualTo(SampleAccounts.ERP.value());
        retail.cases.decideAgainstTheRules(
                openCase().id(),
                new Decision(
                        Action.AMEND_AND_RETRY,
                        "ada@northwind.example",
                        true,
                        Optional.empty(),
                        Map.of("postingDate", "soon"),
                        clock.instant()));

        assertThat(retail.finance.invoice(work)).isEqualTo(parked);
        assertThat(openCase().detail()).contains("November is closed").contains("postingDate: must be a day");
        retail.cases.decide(openCase().id(), Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01"));
        assertThat(retail.finance.invoice(work)).isEqualTo(StepResult.done());
    }

    /** What stands for a product is asked about once, and neither an amount nor an account is another for it. */
    @Test
    void aProductOfTheErpStandsForOneThatItDoesNotKnowInEveryDocumentOfTheOrder() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.vendor.refuses("announce", FailureCode.ERP_REJECTED, "no such product");
        assertThat(retail.finance.announce(order.id()).verdict()).isEqualTo(StepResult.Verdict.PARKED);

        retail.cases.decide(openCase().id(), Action.AMEND_AND_RETRY, Map.of("standIns", TEE + "=NW-OTHER"));

        assertThat(retail.finance.announce(order.id())).isEqualTo(StepResult.done());
        FulfillmentOrderId work = ship(order, 1);
        retail.vendor.refuses("invoice", FailureCode.ERP_REJECTED, "no such product");
        assertThat(retail.finance.invoice(work)).isEqualTo(StepResult.done());
        assertThat(retail.cases.all()).hasSize(1);
        assertThat(SalesInvoice.productsAsked(
                        retail.erp.invoice(work + "/invoice").asked()))
                .contains("NW-OTHER")
                .doesNotContain(TEE.value());
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
        assertThat(posting(order)).isEqualTo(PostingStatus.CONFIRMED);
    }

    @Test
    void whatAClosedPeriodDoesIsSaidByThePolicyThatTheOrderBeganWith() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        FulfillmentOrderId work = ship(order, 1);
        retail.policies.activate(SamplePolicies.NEWER);

        retail.finance.announce(order.id());
        retail.finance.invoice(work);

        assertThat(SamplePolicies.NEWER.closedPeriods()).isEqualTo(ClosedPeriods.NEXT_OPEN);
        assertThat(retail.erp.invoice(work + "/invoice").closedPeriods()).isEqualTo(ClosedPeriods.REFUSE);
        assertThat(retail.erp.payments())
                .isNotEmpty()
                .allMatch(payment -> payment.closedPeriods() == ClosedPeriods.REFUSE);
    }

    @Test
    void anOrderThatBeginsUnderAPolicyThatMovesIsMoved() {
        Order order = SampleOrders.twoLinesWithTaxAndDiscount();
        retail.orders.hint(
                order.key(), order.channel(), new OrderRules(SamplePolicies.NEWER.version(), java.util.Set.of()));
        routed(order);
        FulfillmentOrderId work = ship(order, 1);

        retail.finance.invoice(work);

        assertThat(retail.erp.invoice(work + "/invoice").closedPeriods()).isEqualTo(ClosedPeriods.NEXT_OPEN);
        assertThat(retail.erp.payments())
                .isNotEmpty()
                .allMatch(payment -> payment.closedPeriods() == ClosedPeriods.NEXT_OPEN);
    }

    @Test
    void aRefusedInvoiceIsRejectedUntilItIsThrough() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        FulfillmentOrderId work = ship(order, 1);
        retail.vendor.refuses("invoice", FailureCode.ERP_REJECTED, "no such product");

        retail.finance.invoice(work);
        assertThat(posting(order)).isEqualTo(PostingStatus.REJECTED);
        retail.cases.decide(openCase().id(), Action.RETRY);

        assertThat(retail.finance.invoice(work)).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).containsOnlyOnce("invoice " + work + "/invoice");
        assertThat(retail.cases.open()).isEmpty();
    }

    @Test
    void theBusinessDayIsThatOfThePlaceWhereTheGoodsAre() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        FulfillmentOrderId work = ship(order, 1);

        retail.finance.invoice(work);

        assertThat(retail.erp.invoice(work + "/invoice").businessDate()).isEqualTo(LocalDate.of(2026, 11, 23));
    }

    @Test
    void anInvoiceThatIsTakenUpTheNextDayIsStillTheSame() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        FulfillmentOrderId work = ship(order, 1);
        retail.finance.invoice(work);
        clock.advance(java.time.Duration.ofDays(2));

        assertThat(retail.finance.invoice(work)).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).containsOnlyOnce("invoice " + work + "/invoice");
    }

    @Test
    void twoShipmentsAreTwoInvoicesThatComeToTheOrder() {
        Order order = SampleOrders.twoBags();
        retail.inventory.stock(SampleFacilities.ST_HARBOR, BAG, 1).stock(SampleFacilities.WH_WEST, BAG, 1);
        take(order);
        retail.finance.announce(order.id());
        FulfillmentOrderId second = ship(order, 2);
        FulfillmentOrderId first = ship(order, 1);

        retail.finance.invoice(second);
        retail.finance.invoice(first);

        Money sum = retail.erp
                .invoice(first + "/invoice")
                .total()
                .plus(retail.erp.invoice(second + "/invoice").total());
        assertThat(sum).isEqualTo(order.total().shop());
        assertThat(retail.erp.invoice(second + "/invoice").lines()).hasSize(2);
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
    }

    /** The ERP was away when it left, was brought back, and was paid. */
    @Test
    void whatCameBackBeforeItWasBilledIsBilledAllTheSame() {
        Order order = SampleOrders.twoBags();
        retail.inventory.stock(SampleFacilities.ST_HARBOR, BAG, 1).stock(SampleFacilities.WH_WEST, BAG, 1);
        take(order);
        FulfillmentOrderId first = ship(order, 1);
        FulfillmentOrderId second = ship(order, 2);
        retail.shop.refundsByHand(order.key(), "L1", 1, Money.of("98.81", order.currency()));
        retail.shop
                .read(order.key())
                .ifPresent(read -> retail.orders.accept(read.order(), read.person(), clock.instant()));
        assertThat(retail.orders.find(order.id()).orElseThrow().quantity("L1")).isEqualTo(1);

        retail.finance.announce(order.id());
        assertThat(retail.erp.demand(order.id().value()).lines().getFirst().quantity())
                .isEqualTo(2);
        retail.finance.invoice(first);
        retail.finance.invoice(second);

        Money sum = retail.erp
                .invoice(first + "/invoice")
                .total()
                .plus(retail.erp.invoice(second + "/invoice").total());
        assertThat(sum).isEqualTo(order.total().shop());
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
    }

    /** Two tees and a cap were packed when one tee and three caps were wanted: the caps that were added leave before, and no version has it all. */
    @Test
    void whatWasAddedIsInvoicedThoughItLeavesBeforeOneOfWhichLessIsWanted() {
        Order order = routed(edited(2, "50.00", "2.01", 1, "19.99", "0.80").build());
        retail.finance.announce(order.id());
        Order now = edited(1, "25.00", "1.01", 3, "59.98", "2.41")
                .version(clock.instant())
                .build();
        retail.hears(now);
        retail.channel.accept(order.id());
        FulfillmentOrder added = retail.work.create(
                order.id(),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.RELEASED,
                Optional.empty(),
                List.of(new LineQuantity("L2", CAP, 2)));
        FulfillmentOrderId first = ship(order, 2);
        assertThat(first).isEqualTo(added.id());

        assertThat(retail.finance.invoice(first)).isEqualTo(StepResult.done());
        FulfillmentOrderId second = ship(order, 1);
        assertThat(retail.finance.invoice(second)).isEqualTo(StepResult.done());

        Money sum = retail.erp
                .invoice(first + "/invoice")
                .total()
                .plus(retail.erp.invoice(second + "/invoice").total());
        assertThat(sum)
                .as(
                        "both tees as they were sold, the caps and their taxes as the channel tells them, the delivery once")
                .isEqualTo(Money.of("120.40", order.currency()));
        assertThat(retail.cases.open())
                .as("of what left beyond what is wanted")
                .extracting(Case::code)
                .containsExactly(FailureCode.CHANGED_AFTER_SHIPMENT);
    }

    private static OrderBuilder edited(int tees, String paid, String tax, int caps, String forCaps, String taxOfCaps) {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000093"), "USD")
                .line(TEE, tees, paid, OrderBuilder.tax("NY State", tax))
                .line(CAP, caps, forCaps, OrderBuilder.tax("NY State", taxOfCaps))
                .shipping("6.00")
                .destination("US", 40.7, -74.0)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "shopify_payments", "78.80", Optional.empty());
    }

    @Test
    void whatIsGivenAwayIsNotInvoicedAndItsOrderCloses() {
        Order order = routed(SampleOrders.givenAway());
        retail.finance.announce(order.id());
        FulfillmentOrderId work = ship(order, 1);

        assertThat(retail.finance.invoice(work)).isEqualTo(StepResult.done());
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).doesNotContain("invoice " + work + "/invoice");
        assertThat(retail.journals.of(order.id())).isEmpty();
        assertThat(posting(order)).isEqualTo(PostingStatus.CONFIRMED);
        assertThat(retail.cases.open()).isEmpty();
    }

    @Test
    void theChargesOfWhatIsGivenAwayAreInvoiced() {
        Order order = routed(
                SampleOrders.free("6500000000009").shipping("4.90").paid().build());
        retail.finance.announce(order.id());
        FulfillmentOrderId work = ship(order, 1);

        retail.finance.invoice(work);

        assertThat(retail.erp.invoice(work + "/invoice").total())
                .isEqualTo(order.total().shop());
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
    }

    @Test
    void whatWasNeverAnnouncedIsNotWithdrawn() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());

        assertThat(retail.finance.withdraw(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).isEmpty();
    }

    @Test
    void whatWasAnnouncedIsWithdrawnOnce() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.finance.announce(order.id());

        retail.finance.withdraw(order.id());
        assertThat(retail.finance.withdraw(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).containsOnlyOnce("withdraw " + order.id());
    }

    @Test
    void whatWasGivenBackIsTakenOutOfTheBooks() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.finance.announce(order.id());
        givenBack(order);

        assertThat(retail.finance.reverse(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.finance.reverse(order.id())).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).containsOnlyOnce("payment " + order.id() + "/refund/R1");
        assertThat(posting(order)).isEqualTo(PostingStatus.REVERSED);
        assertThat(retail.journals.of(order.id()))
                .extracting(Journals.Posting::status)
                .containsExactly(PostingStatus.REVERSED, PostingStatus.CONFIRMED);
        assertThat(retail.erp.net(SampleAccounts.ERP, order.id(), references(order)))
                .isEmpty();
    }

    /** The return gives it back: nobody is asked to, and the clearing account is even. */
    @Test
    void whatACreditHasPaidOfACancelledExchangeGoesBackToIt() {
        Order order = routed(SampleOrders.twoLines("exchange.O-7K2M9Q4XTA-R1")
                .tender("exchange", Tender.Kind.SALE, Tender.Status.SUCCESS, "exchange", "98.74", Optional.empty())
                .build());
        retail.finance.announce(order.id());
        retail.orders.requestCancel(order.id(), "ada", "by telephone");

        assertThat(retail.finance.reverse(order.id())).isEqualTo(StepResult.done());
        clock.advance(Duration.ofDays(1));
        assertThat(retail.finance.reverse(order.id())).isEqualTo(StepResult.done());

        assertThat(retail.cases.all()).isEmpty();
        assertThat(posting(order)).isEqualTo(PostingStatus.REVERSED);
        assertThat(retail.vendor.effects()).containsOnlyOnce("payment " + order.id() + "/refund/back/exchange");
        assertThat(retail.erp.net(SampleAccounts.ERP, order.id(), references(order)))
                .isEmpty();
    }

    /** One of the two tees is called off. The clearing account keeps what the other things cost, and nobody is owed anything. */
    @Test
    void whatAnExchangeLacksGoesBackToItsCreditWhenTheBooksAreClosed() {
        Order order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "exchange.O-7K2M9Q4XTA-R1"), "USD")
                .line(TEE, 2, "50.00", OrderBuilder.tax("NY State", "2.01"))
                .destination("US", 40.7, -74.0)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .tender("exchange", Tender.Kind.SALE, Tender.Status.SUCCESS, "exchange", "52.01", Optional.empty())
                .build();
        retail.hears(order);
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
        FulfillmentOrder leg = retail.work.create(
                order.id(),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.SHIPPED,
                Optional.empty(),
                List.of(new LineQuantity("L1", TEE, 1)));
        retail.finance.announce(order.id());
        retail.finance.invoice(leg.id());
        Money taken = retail.erp.invoice(leg.id() + "/invoice").total();
        assertThat(Exchange.takenBy(order, retail.work.ofOrder(order.id()))).isEqualTo(taken);

        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
        clock.advance(Duration.ofDays(1));
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());

        assertThat(retail.cases.all()).isEmpty();
        assertThat(retail.vendor.effects()).containsOnlyOnce("payment " + order.id() + "/refund/left/exchange");
        Map<LedgerAccount, Money> net = retail.erp.net(SampleAccounts.ERP, order.id(), references(order));
        assertThat(net).containsEntry(LedgerAccount.clearing(Exchange.GATEWAY), taken);
        assertThat(net).doesNotContainKey(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE));
    }

    @Test
    void whatTheCustomerHasPaidOfACancelledExchangeIsStillAQuestion() {
        Order order = routed(SampleOrders.twoLines("exchange.O-7K2M9Q4XTA-R1")
                .tender("exchange", Tender.Kind.SALE, Tender.Status.SUCCESS, "exchange", "24.42", Optional.empty())
                .tender("P1", Tender.Kind.SALE, Tender.Status.SUCCESS, "external", "74.32", Optional.empty())
                .build());
        retail.orders.requestCancel(order.id(), "ada", "by telephone");

        assertThat(retail.finance.reverse(order.id()).code()).isEqualTo(FailureCode.REFUND_MISSING);
        assertThat(openCase().detail()).isEqualTo("98.74 USD was paid and 24.42 USD was given back");
    }

    @Test
    void whatTheChannelKeepsIsAQuestionUntilItIsGivenBack() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.finance.announce(order.id());

        assertThat(retail.finance.reverse(order.id()).code()).isEqualTo(FailureCode.REFUND_MISSING);
        assertThat(posting(order)).isEqualTo(PostingStatus.PENDING);

        givenBack(order);
        retail.cases.decide(openCase().id(), Action.RETRY);
        assertThat(retail.finance.reverse(order.id())).isEqualTo(StepResult.done());
        assertThat(posting(order)).isEqualTo(PostingStatus.REVERSED);
    }

    @Test
    void whatNeverCameIntoTheBooksIsNotReversed() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        givenBack(order);

        assertThat(retail.finance.reverse(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(retail.cases.open()).isEmpty();
    }

    @Test
    void moneyThatTheChannelKeepsIsAQuestionThoughTheErpWasNeverTold() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());

        assertThat(retail.finance.reverse(order.id()).code()).isEqualTo(FailureCode.REFUND_MISSING);

        givenBack(order);
        retail.cases.decide(openCase().id(), Action.RETRY);
        assertThat(retail.finance.reverse(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).isEmpty();
    }

    private void givenBack(Order order) {
        retail.shop.put(SampleOrders.twoLines(order.key().externalId())
                .version(order.version().plusSeconds(60))
                .paid()
                .refunded()
                .build());
    }

    private List<String> references(Order order) {
        return retail.journals.of(order.id()).stream()
                .map(posting -> posting.journal().reference())
                .toList();
    }

    @Test
    void whatWasRefusedHasNothingToWithdraw() {
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.vendor.refuses("announce", FailureCode.ERP_REJECTED, "no such party");
        retail.finance.announce(order.id());

        assertThat(retail.finance.withdraw(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).isEmpty();
    }

    @Test
    void inShadowNothingReachesTheErpAndTheExpectationIsKept() {
        retail.accounts.mode(SampleAccounts.ERP, io.throughline.domain.account.EffectMode.SHADOW);
        Order order = routed(SampleOrders.twoLinesWithTaxAndDiscount());
        retail.finance.announce(order.id());
        retail.finance.invoice(ship(order, 1));

        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(retail.journals.of(order.id()))
                .extracting(Journals.Posting::journal)
                .hasSize(2);
        assertThat(retail.ledger.ofSubject(order.id().value()))
                .extracting(EffectLedger.Effect::receipt)
                .allMatch(Optional::isPresent);
        assertThat(retail.finance.settle(order.id()))
                .as("there are no books to compare with")
                .isEqualTo(StepResult.done());
        assertThat(retail.cases.open()).isEmpty();
    }

    private Order routed(Order order) {
        retail.inventory.stock(SampleFacilities.WH_EAST, TEE, 9).stock(SampleFacilities.WH_EAST, CAP, 9);
        return take(order);
    }

    private Order take(Order order) {
        retail.hears(order);
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.own.screen(order.id(), "standard-1")).isEqualTo(StepResult.done());
        assertThat(retail.own.allocate(order.id())).isEqualTo(StepResult.done());
        return order;
    }

    /** Its delivery has become dearer at the channel. */
    private void changeAmounts(Order order) {
        retail.hears(SampleOrders.twoLines(order.key().externalId())
                .paid()
                .shipping("1.00")
                .version(clock.instant())
                .build());
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
        assertThat(retail.orders.find(order.id()).orElseThrow().total()).isNotEqualTo(order.total());
    }

    private FulfillmentOrderId ship(Order order, int ordinal) {
        FulfillmentOrder work = retail.work.get(FulfillmentOrderId.of(order.id(), ordinal));
        retail.work.observed(
                work.id(),
                new WorkProgress(
                        Optional.of(FulfillmentStatus.SHIPPED),
                        Optional.of(new Tracking("UPS", "1Z")),
                        Optional.empty()),
                clock.instant(),
                Optional.empty());
        return work.id();
    }

    private Case openCase() {
        List<Case> open = retail.cases.open();
        assertThat(open).hasSize(1);
        return open.getFirst();
    }

    private PostingStatus posting(Order order) {
        return retail.orders.view(order.id()).map(OrderView::posting).orElseThrow();
    }
}
