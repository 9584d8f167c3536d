package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static io.throughline.activities.TestingOrderRuns.operations;
import static io.throughline.activities.TestingOrderRuns.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was done for an order is undone, whoever cancels it and however far it came. */
class CancelledOrderTest {
    @Test
    void aHeldOrderThatIsCancelledAtItsChannelEndsByItself() {
        Order held = SampleOrders.twoLines("6500000000077")
                .paid()
                .tags("fraud-review")
                .build();
        try (OrderRun run = OrderRun.of(held)) {
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);
            cancelAtChannel(run);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    /** It was cancelled at its shop before we had read it, and the ERP was never told of it. */
    @Test
    void anOrderThatWasCancelledAtItsShopWithItsMoneyKeptLeavesAQuestion() {
        Order kept = cancelled("6500000000078").paid().build();
        try (OrderRun run = OrderRun.of(kept)) {
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.REFUND_MISSING);
            assertThat(run.running()).isTrue();

            run.retail.hears(cancelled("6500000000078")
                    .version(kept.version().plus(Duration.ofHours(2)))
                    .paid()
                    .refunded()
                    .build());
            run.decides(Action.RETRY);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(operations(run)).doesNotContain("payment", "refund", "announce");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whoeverKeepsTheMoneyOfACancelledOrderSaysSo() {
        try (OrderRun run = OrderRun.of(cancelled("6500000000079").paid().build())) {
            run.start().decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void anOrderThatWasCancelledAtItsShopAndGivenBackAsksNobody() {
        try (OrderRun run =
                OrderRun.of(cancelled("6500000000080").paid().refunded().build())) {
            assertThat(run.start().result()).isEqualTo("CANCELLED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    private static OrderBuilder cancelled(String number) {
        return SampleOrders.twoLines(number).cancelledAt(Instant.parse("2026-11-20T16:00:00Z"));
    }

    @Test
    void aCancelledOrderIsTakenBackFromEverybody() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.start().awaitEffect("release").awaitEffect("payment");
            cancelAtChannel(run);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(operations(run)).contains("recall", "withdraw", "tell");
            assertThat(run.retail.erp.refundsOf(run.order.id())).isEqualTo(1);
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                    .isEqualTo(PostingStatus.REVERSED);
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aCancelledOrderIsTakenBackFromItsFacilityByARunThatIsStartedAgain() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.startAgain();

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.vendor.effects()).contains("recall " + run.work(1));
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatItsFacilityDoesNotGiveBackIsACaseThatStaysWhenTheOrderHasEnded() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.start().awaitEffect("release").awaitEffect("payment");
            run.retail.vendor.refuses("recall", FailureCode.FACILITY_REFUSED, "it is at the parcel counter");
            run.retail.facilitySystem.report(run.work(1), FulfillmentStatus.SHIPPED);
            cancelAtChannel(run);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.RECALL_REFUSED);
            assertThat(operations(run)).doesNotContain("withdraw");
            run.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertOutstanding(run);
            assertThat(run.startAgain().result()).isEqualTo("CANCELLED");
            assertOutstanding(run);
            assertThat(run.retail.work.get(run.work(1)).status()).isEqualTo(FulfillmentStatus.SHIPPED);
        }
    }

    private static void assertOutstanding(OrderRun run) {
        assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.GOODS_OUTSTANDING);
    }

    @Test
    void aReleaseWhoseReplyWasLostIsTakenBackToo() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.retail.vendor.losesReply("release");
            run.start().awaitEffect("release");
            cancelAtChannel(run);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.vendor.effects()).contains("recall " + run.work(1));
            assertNothingIsLeft(run);
        }
    }

    @Test
    void onceHalfHasLeftACancellationIsAQuestionAndTheOtherHalfGoesOn() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoBags())) {
            SampleFacilities.ALL_IDS.forEach(facility -> run.retail.inventory.stock(facility, SampleOrders.BAG, 1));
            run.retail.vendor.goesDown("release");
            run.start()
                    .await(
                            "two pieces of work",
                            () -> run.retail.work.ofOrder(run.order.id()).size() == 2);
            run.retail.work.observed(
                    run.work(1),
                    new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                    Instant.EPOCH,
                    Optional.empty());
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.wake("everything")
                    .await(
                            "the case",
                            () -> run.retail.cases.open().stream()
                                    .anyMatch(one -> one.code() == FailureCode.CHANGED_AFTER_SHIPMENT));
            run.retail.vendor.comesBack();
            Case late = run.retail.cases.open().stream()
                    .filter(one -> one.code() == FailureCode.CHANGED_AFTER_SHIPMENT)
                    .findFirst()
                    .orElseThrow();
            run.retail.cases.decide(late.id(), Action.ACCEPT_DIFFERENCE);
            run.wake(late.id().value()).reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(operations(run)).filteredOn("invoice"::equals).hasSize(2);
            assertNothingIsLeft(run);
        }
    }

    /** Its client was told that it is taken in. */
    @Test
    void aCancellationThatComesWhileTheBooksAreLookedAtOutlivesTheOrder() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.erp.books(
                    io.throughline.domain.finance.LedgerAccount.of(
                            io.throughline.domain.finance.LedgerAccount.Role.ROUNDING),
                    io.throughline.domain.money.Money.of("0.01", run.order.currency()));
            ship(run.start());
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.wake("order").decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.open())
                    .extracting(Case::code)
                    .containsExactly(FailureCode.CHANGED_AFTER_SHIPMENT);
            assertThat(run.startAgain().result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all())
                    .extracting(Case::code)
                    .containsExactly(FailureCode.ERP_BOOKS_DIFFER, FailureCode.CHANGED_AFTER_SHIPMENT);
        }
    }

    private static void cancelAtChannel(OrderRun run) {
        run.retail.hears(SampleOrders.twoLines(run.order.key().externalId())
                .cancelledAt(run.order.version().plus(Duration.ofHours(1)))
                .paid()
                .refunded()
                .build());
        run.wake("order");
    }
}
