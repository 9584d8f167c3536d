package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.SHIPPED_EFFECTS;
import static io.throughline.activities.TestingOrderRuns.assertCompleted;
import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static io.throughline.activities.TestingOrderRuns.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Books that differ, and payments that are on their way. */
class OrderPaymentTest {
    @Test
    void booksThatDifferWaitForAPersonAndStayAnswered() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.erp.books(
                    io.throughline.domain.finance.LedgerAccount.of(
                            io.throughline.domain.finance.LedgerAccount.Role.ROUNDING),
                    io.throughline.domain.money.Money.of("0.01", run.order.currency()));
            ship(run.start());
            run.decides(Action.ACCEPT_DIFFERENCE);
            assertThat(run.result()).isEqualTo("COMPLETED");

            assertThat(run.startAgain().result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).extracting(Case::code).containsExactly(FailureCode.ERP_BOOKS_DIFFER);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aPaymentThatTheBankHasNotConfirmedIsWaitedForAndBooked() {
        try (OrderRun run = OrderRun.of(
                SampleOrders.twoLines("6500000000081").pending(Instant.now()).build())) {
            ship(run.start());
            awaitPayment(run);
            assertThat(run.retail.cases.all()).isEmpty();
            run.retail.shop.confirms(run.order.key());
            run.wake("channel");

            assertCompleted(run, List.of("announce", "assign", "invoice", "payment", "release", "tell"));
            assertConfirmed(run);
        }
    }

    @Test
    void aCaptureThatIsUnderWayIsWaitedForAndBooked() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.shop.capturesLater(Instant.now());
            ship(run.start());
            awaitPayment(run);
            run.startAgain();
            awaitPayment(run);
            run.retail.shop.confirms(run.order.key());
            run.wake("channel");

            assertCompleted(run, SHIPPED_EFFECTS);
            assertConfirmed(run);
        }
    }

    @Test
    void aPaymentThatIsOnItsWayForTooLongIsACaseThatClosesByItself() {
        try (OrderRun run = OrderRun.of(
                SampleOrders.twoLines("6500000000082").pending(Instant.now()).build())) {
            ship(run.start());
            awaitPayment(run);
            run.passes(Duration.ofDays(8));
            awaitMissingPayment(run);
            run.retail.shop.confirms(run.order.key());
            run.wake("channel");

            assertCompleted(run, List.of("announce", "assign", "invoice", "payment", "release", "tell"));
            assertConfirmed(run);
        }
    }

    @Test
    void anOrderThatNobodyPaysEndsOnlyWhenAPersonSaysSo() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLines("6500000000083").build())) {
            ship(run.start());
            awaitMissingPayment(run);
            assertThat(run.running()).isTrue();
            run.decides(Action.RETRY)
                    .await("asked again", () -> run.retail.cases.all().size() == 2)
                    .decides(Action.ACCEPT_DIFFERENCE);

            assertCompleted(run, List.of("announce", "assign", "invoice", "release", "tell"));
            assertConfirmed(run);
            assertThat(run.startAgain().result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(2);
        }
    }

    /** Finance follows the claim; to ask about the same money again would be to ask twice. */
    @Test
    void aCaptureThatWasDeclinedAndGoneWithoutIsNotAskedAboutAgain() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.refuses("capture", FailureCode.CAPTURE_DECLINED, "expired");
            ship(run.start());
            run.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).extracting(Case::code).containsExactly(FailureCode.CAPTURE_DECLINED);
        }
    }

    @Test
    void anOrderIsNotReadAgainForMoneyThatIsThere() {
        try (OrderRun run = OrderRun.of(SampleOrders.twoLinesWithTaxAndDiscount())) {
            run.start().awaitEffect("release").awaitEffect("payment");
            run.retail.vendor.goesDown("read");
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    private static void awaitPayment(OrderRun run) {
        run.await("the wait", () -> run.waitingFor().contains("Waits for its payment"));
    }

    private static void awaitMissingPayment(OrderRun run) {
        run.await(
                "the case",
                () -> run.retail.cases.open().stream().anyMatch(one -> one.code() == FailureCode.PAYMENT_MISSING));
    }

    private static void assertConfirmed(OrderRun run) {
        assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                .isEqualTo(PostingStatus.CONFIRMED);
    }
}
