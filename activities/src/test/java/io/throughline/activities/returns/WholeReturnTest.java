package io.throughline.activities.returns;

import static io.throughline.activities.returns.TestingReturnRuns.EFFECTS;
import static io.throughline.activities.returns.TestingReturnRuns.assertEnded;
import static io.throughline.activities.returns.TestingReturnRuns.usd;
import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static io.throughline.domain.returns.ReturnPolicyBuilder.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Refund;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real process of a return over the real steps: the customer gets the right money once and the books know. */
class WholeReturnTest {
    @Test
    void whatComesByMailIsInspectedRefundedAndBooked() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1).finds("L1", 1, OPENED, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isEqualTo(1);
            assertThat(run.returned().repayment().orElseThrow().refund().total().shop())
                    .hasToString("21.98 USD");
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").total()).hasToString("-21.98 USD");
            assertThat(run.retail.journals.of(run.id))
                    .extracting(posting -> posting.journal().kind() + " " + posting.status())
                    .containsExactly("CREDIT_NOTE " + PostingStatus.CONFIRMED, "REVERSAL " + PostingStatus.CONFIRMED);
            assertThat(run.historyLength()).isLessThanOrEqualTo(70);
        }
    }

    @Test
    void whatIsCarriedIntoAStoreIsStockedThere() {
        try (ReturnRun run = ReturnRun.inStore()) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.retail.inventory.onHand(SampleFacilities.ST_HARBOR, SampleOrders.TEE))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsScrappedIsPaidAndNeverStocked() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.SCRAP);

            assertEnded(run, EFFECTS);
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isZero();
        }
    }

    @Test
    void muchMoneyWaitsForASecondPerson() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.returnPolicy.limits(usd("10.00"), usd("10.00"), usd("10.00"));
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.REFUND_UNAPPROVED);
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("repay"));

            run.retail.returns.approve(run.id, "finance");
            run.wake("return");

            assertEnded(run, EFFECTS);
        }
    }

    static Stream<Order> ordersPaidInOneAndInTwo() {
        return Stream.of(
                SampleOrders.twoLinesWithTaxAndDiscount(),
                SampleOrders.twoLines("6500000000079")
                        .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "gift_card", "10.00", Optional.empty())
                        .tender("T2", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "88.74", Optional.empty())
                        .build());
    }

    /** It is one transaction of the channel's, whatever the order was paid with, and a debt of ours in the books. */
    @ParameterizedTest
    @MethodSource("ordersPaidInOneAndInTwo")
    void whoeverWantsStoreCreditGetsItOnce(Order order) {
        try (ReturnRun run = ReturnRun.forStoreCredit(order)) {
            run.retail.vendor.losesReply("repay");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.issued().transactions()).containsOnlyKeys(Refund.STORE_CREDIT);
            assertThat(run.retail.erp.payments()).singleElement().satisfies(payment -> {
                assertThat(payment.gateway()).isEqualTo("shopify_store_credit");
                assertThat(payment.amount()).hasToString("24.42 USD");
            });
            assertThat(run.retail.orders.find(run.order.id()).orElseThrow().refunded())
                    .hasToString("24.42 USD");
            assertThat(run.historyLength()).isLessThanOrEqualTo(70);
        }
    }

    @Test
    void moneyFirstAndTheGoodsAreAskedAfter() {
        try (ReturnRun run = new ReturnRun(false, true, Checkpoints.none())) {
            run.start();
            run.await("the money", () -> run.returned().money() == MoneyStatus.ENDED);
            assertThat(run.running()).isTrue();
            run.passes(Duration.ofDays(2));
            run.decides(FailureCode.RETURN_OVERDUE, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, EFFECTS);
            assertThat(run.returned().lines().getFirst().missing()).isEqualTo(1);
        }
    }

    @Test
    void goodsThatComeLateAnswerTheQuestionThemselves() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().passes(Duration.ofDays(2));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
            assertThat(run.retail.cases.all()).singleElement().matches(one -> one.status() == CaseStatus.CLOSED);
        }
    }

    @Test
    void whatHasComeIsStockedWhileTheRestIsAskedAfter() {
        try (ReturnRun run = ReturnRun.byMail(2)) {
            run.start().passes(Duration.ofDays(2));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the stock", () -> run.returned().toBook().isEmpty());
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isEqualTo(1);
            run.decides(FailureCode.RETURN_OVERDUE, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, EFFECTS);
        }
    }

    @Test
    void whatTheErpRefusesIsACaseAndTheMoneyStaysGiven() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.vendor.refuses("invoice", FailureCode.ERP_REJECTED, "no such product");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.decides(FailureCode.CREDIT_REJECTED, Action.RETRY);

            assertEnded(run, EFFECTS);
            assertThat(run.retail.journals.of(run.id).getFirst().journal().kind())
                    .isEqualTo(Journal.Kind.CREDIT_NOTE);
        }
    }
}
