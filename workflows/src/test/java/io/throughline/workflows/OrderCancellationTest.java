package io.throughline.workflows;

import static io.throughline.domain.fulfillment.SampleFacilities.ST_HARBOR;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_EAST;
import static io.throughline.domain.fulfillment.SampleFacilities.WH_WEST;
import static io.throughline.workflows.OrderLifeTest.assertEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.SampleOrders;
import org.junit.jupiter.api.Test;

/** Orders that shall not be carried out any more. */
class OrderCancellationTest {
    @Test
    void anOrderCancelledBeforeItWasReadIsNeverBegun() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.changeAtChannel(SampleOrders.twoLines("6500000000001")
                    .cancelledAt(order.facts.clock.instant())
                    .paid()
                    .build());
            order.start();

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).containsOnly("cancel at channel", "tell cancelled");
            assertEnded(order);
        }
    }

    @Test
    void whatWasDoneIsUndoneLastFirst() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.cancelledWhileReleased(order);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects())
                    .containsSubsequence(
                            "recall F1", "withdraw", "release stock", "cancel at channel", "tell cancelled", "reverse")
                    .doesNotContain("settle");
            assertEnded(order);
        }
    }

    @Test
    void aHeldOrderThatIsCancelledAtItsChannelNeedsNobodysDecision() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).refuses("order.screen", FailureCode.ORDER_ON_HOLD);
            order.start().openCase();
            Paths.cancelAtChannel(order);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).doesNotContain("release F1");
        }
    }

    @Test
    void anOrderWithoutStockThatIsCancelledAtItsChannelNeedsNobodysDecision() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.refuses("order.allocate", FailureCode.STOCK_MISSING);
            order.start().openCase();
            Paths.cancelAtChannel(order);

            assertThat(order.result()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void aPersonEndsAnOrderThatWaitsForOne() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).refuses("order.allocate", FailureCode.STOCK_MISSING);
            order.start().decides(Action.CANCEL);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).contains("release stock", "cancel at channel", "tell cancelled");
            assertEnded(order);
        }
    }

    @Test
    void aPersonEndsAnOrderWhoseFacilityIsSilent() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, ST_HARBOR);
            order.start().awaitEffect("release F1").passes(java.time.Duration.ofHours(5));
            order.decides(Action.CANCEL);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).contains("recall F1", "withdraw", "release stock");
            assertEnded(order);
        }
    }

    @Test
    void whenTheErpRefusedTheDemandNothingIsWithdrawn() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, ST_HARBOR).refuses("erp.announce", FailureCode.ERP_REJECTED);
            order.start().awaitEffect("release F1").decides(Action.CANCEL);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).contains("recall F1").doesNotContain("announce", "withdraw");
            assertEnded(order);
        }
    }

    @Test
    void theErpIsTakenBackAtItsWordEvenWhenItWasOnlyJustBeingTold() {
        try (OrderScenario order = OrderScenario.queued(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, ST_HARBOR).fails("erp.announce", 20);
            order.start().awaitEffect("release F1");
            Paths.cancelAtChannel(order);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects().contains("announce"))
                    .as("what was announced was withdrawn: %s", order.facts.effects())
                    .isEqualTo(order.facts.effects().contains("withdraw"));
            assertEnded(order);
        }
    }

    @Test
    void workThatItsFacilityDoesNotGiveBackWaitsForAPersonBeforeAnythingElseIsUndone() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.refuses("facility.recall", FailureCode.RECALL_REFUSED);
            Paths.cancelledWhileReleased(order);

            assertThat(order.openCase().code()).isEqualTo(FailureCode.RECALL_REFUSED);
            assertThat(order.facts.effects()).doesNotContain("withdraw", "cancel at channel");
            order.decides(Action.RETRY);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects())
                    .containsSubsequence("recall F1", "withdraw", "release stock", "cancel at channel");
            assertEnded(order);
        }
    }

    @Test
    void goodsThatLeaveWhileTheOrderIsBeingEndedAreAQuestionToo() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, ST_HARBOR).refuses("facility.recall", FailureCode.RECALL_REFUSED);
            order.start().awaitEffect("release F1").awaitEffect("announce");
            Paths.cancelAtChannel(order);
            order.openCase();
            order.facts.work.observed(
                    order.work(1),
                    new io.throughline.domain.fulfillment.WorkProgress(
                            java.util.Optional.of(io.throughline.domain.fulfillment.FulfillmentStatus.SHIPPED),
                            java.util.Optional.empty(),
                            java.util.Optional.empty()),
                    order.facts.clock.instant(),
                    java.util.Optional.empty());
            order.startAgain();
            order.decides(Action.RETRY);
            order.await(
                    "the question again",
                    () -> order.facts.cases.open().size() == 1
                            && order.facts.cases.all().size() == 2);
            order.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects()).doesNotContain("recall F1").contains("cancel at channel");
        }
    }

    @Test
    void whatAFacilityGivesBackWhenItIsAskedIsEndedAsAnyOther() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.decideThemselves(false);
            Paths.cancelledWhileReleased(order);

            assertThat(order.result()).isEqualTo("CANCELLED");
            assertThat(order.facts.effects())
                    .containsSubsequence("recall F1", "withdraw", "release stock", "cancel at channel");
            assertEnded(order);
        }
    }

    @Test
    void aFacilityThatGivesNothingBackHasTheOrderGoOn() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.cancellationDeclined(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects())
                    .contains("invoice F1", "settle")
                    .doesNotContain("recall F1", "withdraw", "cancel at channel");
            assertEnded(order);
        }
    }

    /** As a run does that is taken back to before its cancellation was declined. */
    @Test
    void whatHasStoppedForACancellationThatWasDeclinedGoesOn() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(1, WH_EAST).stops("erp.announce");
            order.start().awaitEffect("release F1");
            order.facts.orders.requestCancel(order.facts.id(), "ada", "by telephone");
            order.facts.orders.declineCancel(order.facts.id(), "WH-EAST goes on with it");
            order.wake("order").awaitEffect("announce").reports(1, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertEnded(order);
        }
    }

    @Test
    void onceGoodsHaveLeftACancellationIsAQuestion() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            Paths.cancelledTooLate(order);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).contains("invoice F1", "settle").doesNotContain("cancel at channel");
            assertEnded(order);
        }
    }

    @Test
    void theOtherHalfOfAHalfShippedOrderIsNotForgotten() {
        try (OrderScenario order = OrderScenario.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            order.facts.routes(2, ST_HARBOR, WH_WEST);
            order.start().awaitEffect("release F1").awaitEffect("release F2");
            order.passes(java.time.Duration.ofHours(5))
                    .await("two silent", () -> order.facts.cases.open().size() == 2);
            order.facts.report(order.work(1), FulfillmentStatus.SHIPPED, java.util.Optional.empty());
            decide(order, "F1", Action.RETRY);
            order.wake("everything").awaitEffect("consume F1");
            decide(order, "F2", Action.CANCEL);
            order.wake("everything");
            order.decides(Action.ACCEPT_DIFFERENCE);
            order.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(order.result()).isEqualTo("COMPLETED");
            assertThat(order.facts.effects()).contains("invoice F1", "invoice F2");
            assertEnded(order);
        }
    }

    private static void decide(OrderScenario order, String work, Action action) {
        order.facts.cases.open().stream()
                .filter(open -> open.step().endsWith(work))
                .forEach(open -> order.facts.cases.decide(open.id(), action));
    }
}
