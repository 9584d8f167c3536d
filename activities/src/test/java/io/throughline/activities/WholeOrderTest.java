package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.SHIPPED_EFFECTS;
import static io.throughline.activities.TestingOrderRuns.assertCompleted;
import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static io.throughline.activities.TestingOrderRuns.operations;
import static io.throughline.activities.TestingOrderRuns.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The real process over the real steps, where all goes well. */
class WholeOrderTest {
    private static final List<String> PICKED_UP_EFFECTS =
            List.of("announce", "assign", "handover", "invoice", "payment", "ready", "release", "tell", "tell");

    @Test
    void anAuthorisedOrderIsShippedCapturedAndBooked() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isEqualTo(7);
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                    .isEqualTo(PostingStatus.CONFIRMED);
        }
    }

    @Test
    void whatIsHeldBackAtTheChannelIsGivenToNobodyBeforeItIsLetGo() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.shop.holdsBack();
            run.start().await("a case", () -> !run.retail.cases.open().isEmpty());
            run.wake(run.work(1).value()).passes(Duration.ofHours(1));
            assertThat(run.retail.cases.all())
                    .as("one question, however often there is news")
                    .extracting(Case::code)
                    .containsExactly(FailureCode.CHANNEL_REFUSED);
            assertThat(operations(run)).doesNotContain("assign", "release");

            run.retail.shop.letsGo();
            run.wake(run.work(1).value());
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    /** What the channel has refused is not tried again because nothing holds it back. */
    @Test
    void whatTheChannelRefusesWaitsForAPerson() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.refuses("assign", FailureCode.CHANNEL_REFUSED, "it is closed");
            run.start().await("a case", () -> !run.retail.cases.open().isEmpty());
            run.wake(run.work(1).value()).passes(Duration.ofHours(1));
            assertThat(run.retail.cases.all()).hasSize(1);

            run.decides(Action.RETRY);
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    @Test
    void noMoreIsTakenThanAnOrderComesTo() {
        Order less = SampleOrders.twoLines("6500000000012")
                .tender(
                        "A1",
                        Tender.Kind.AUTHORIZATION,
                        Tender.Status.SUCCESS,
                        "shopify_payments",
                        "150.00",
                        Optional.empty())
                .build();
        try (OrderRun run = OrderRun.of(less)) {
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.orders.find(less.id()).orElseThrow().paid())
                    .isEqualTo(less.total().shop());
        }
    }

    @Test
    void anOrderIsPickedUpInAStore() {
        try (OrderRun run = OrderRun.of(SampleOrders.pickup())) {
            pickUp(run.start());

            assertCompleted(run, PICKED_UP_EFFECTS);
        }
    }

    @Test
    void anOrderOfWhichNothingIsHandedOverIsCapturedInvoicedAndClosed() {
        try (OrderRun run = OrderRun.of(SampleOrders.onlyAGiftCard())) {
            run.start();

            assertCompleted(run, List.of("announce", "capture", "invoice", "payment"));
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                    .isEqualTo(PostingStatus.CONFIRMED);
            assertThat(SampleFacilities.ALL_IDS)
                    .allMatch(facility -> run.retail.inventory.onHand(facility, SampleOrders.GIFT_CARD) == 9);
        }
    }

    /** Longer than any failure may last before somebody has to look at it. */
    @Test
    void aPausedSystemIsAskedNothingAndItsOrderGoesOnWithoutACaseWhenItIsResumed() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.gate.pause(SampleAccounts.ERP);
            run.start().passes(Duration.ofMinutes(30));

            assertThat(run.retail.vendor.effects())
                    .noneMatch(effect -> effect.startsWith("announce ") || effect.startsWith("invoice "));
            assertThat(run.retail.cases.all()).isEmpty();

            run.retail.gate.resume(SampleAccounts.ERP, run.now());
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void whatNobodyCollectsGoesBackOnTheShelfAndTheCustomerIsTold() {
        try (OrderRun run = OrderRun.under(SamplePolicies.UNCOLLECTED, SampleOrders.pickup())) {
            run.start().reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell");
            run.passes(SamplePolicies.UNCOLLECTED.pickUpWithin());

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.vendor.effects()).contains("tell " + run.order.id() + "/UNCOLLECTED");
            assertThat(operations(run)).contains("recall", "cancel", "withdraw").doesNotContain("invoice");
            assertThat(run.retail.cases.all()).isEmpty();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whereThePolicyAsksAPersonGivesMoreTimeOrEndsIt() {
        try (OrderRun run = OrderRun.of(SampleOrders.pickup())) {
            run.start().reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell");
            run.passes(SamplePolicies.STANDARD.pickUpWithin());
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.NOT_COLLECTED);
            run.decides(Action.RETRY);
            run.await("more time", () -> run.retail.cases.open().isEmpty());
            run.passes(SamplePolicies.STANDARD.pickUpWithin().minus(Duration.ofHours(1)));
            assertThat(run.retail.cases.open()).isEmpty();
            run.passes(Duration.ofHours(2));
            run.decides(Action.CANCEL);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    private static void pickUp(OrderRun run) {
        run.reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell");
        run.reports(1, FulfillmentStatus.PICKED_UP);
    }
}
