package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real process over the real steps, of an order of which a cap can't be had yet: what becomes of it is its policy's to say. */
class ShortOrderTest {
    private static final Instant SOMEDAY = Instant.parse("2031-03-01T08:00:00Z");

    @Test
    void anOrderThatMayWaitIsShippedWholeOnceItsStockHasCome() {
        try (OrderRun run = withoutCaps(SamplePolicies.WAITING)) {
            run.start()
                    .await(
                            "the wait",
                            () -> run.waitingFor().contains("1 × NW-CAP-NVY for supply that is expected at"));

            assertThat(run.waitingFor()).contains(SOMEDAY.toString(), "cancelled if that has not come by");
            assertThat(run.retail.cases.all()).isEmpty();
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().status())
                    .isEqualTo(OrderStatus.APPROVED);
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isEqualTo(2);

            capsCome(run);
            run.reports(1, FulfillmentStatus.SHIPPED);

            assertCompleted(run);
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
        }
    }

    @Test
    void aRunThatIsStartedAgainWaitsOn() {
        try (OrderRun run = withoutCaps(SamplePolicies.WAITING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("for supply"));
            run.startAgain().await("the wait", () -> run.waitingFor().contains("for supply"));
            capsCome(run);
            run.reports(1, FulfillmentStatus.SHIPPED);

            assertCompleted(run);
        }
    }

    @Test
    void whatHasWaitedForTooLongIsCancelledAndTold() {
        try (OrderRun run = withoutCaps(SamplePolicies.WAITING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("for supply"));
            run.passes(Duration.ofDays(29));
            assertThat(run.running()).isTrue();
            run.passes(Duration.ofDays(2));

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.vendor.effects()).anyMatch(effect -> effect.startsWith("cancel "));
            assertNothingIsLeft(run);
        }
    }

    @Test
    void anOrderThatWaitsIsCancelledWhenItIsAskedTo() {
        try (OrderRun run = withoutCaps(SamplePolicies.WAITING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("for supply"));
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.wake("order");

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    /** Its supply was called off: nothing would ever end the wait but a person, or stock that comes after all. */
    @Test
    void supplyThatIsNotExpectedAnyMoreIsAQuestion() {
        try (OrderRun run = withoutCaps(SamplePolicies.WAITING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("for supply"));
            run.retail.inventory.expect(Instant.MAX, SampleOrders.CAP);
            run.wake("order stock")
                    .await("the case", () -> run.retail.cases.open().size() == 1);

            Case missing = run.retail.cases.open().getFirst();
            assertThat(missing.code()).isEqualTo(FailureCode.STOCK_MISSING);
            assertThat(missing.detail()).contains("1 × NW-CAP-NVY for supply that is overdue or not expected any more");

            capsCome(run);
            run.decides(Action.RETRY).reports(1, FulfillmentStatus.SHIPPED);

            assertCompleted(run);
        }
    }

    /** A purchase is put off, then called off; what has come in the end goes out. */
    @Test
    void whoWaitsIsToldWhenTheDayMovesAndWhenNoneIsKnownAnyMore() {
        try (OrderRun run = withoutCaps(SamplePolicies.WAITING)) {
            run.start().await("the wait", () -> run.waitingFor().contains("for supply"));
            run.retail.inventory.expect(SOMEDAY.plus(Duration.ofDays(4)), SampleOrders.CAP);
            run.wake("order stock").await("the first message", () -> told(run).size() == 1);
            assertThat(run.retail.cases.all()).isEmpty();
            run.retail.inventory.expect(Instant.MAX, SampleOrders.CAP);
            run.wake("order stock").await("the second message", () -> told(run).size() == 2);

            capsCome(run);
            run.decides(Action.RETRY).reports(1, FulfillmentStatus.SHIPPED);
            assertCompleted(run);
            assertThat(told(run))
                    .containsExactly(
                            "tell " + run.order.id() + "/promise/2/REPROMISED",
                            "tell " + run.order.id() + "/promise/3/REPROMISED");
        }
    }

    private static List<String> told(OrderRun run) {
        return run.retail.vendor.effects().stream()
                .filter(effect -> effect.endsWith("/REPROMISED"))
                .toList();
    }

    @Test
    void anOrderThatMayNotWaitIsACase() {
        try (OrderRun run = withoutCaps(SamplePolicies.STANDARD)) {
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.STOCK_MISSING);
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
        }
    }

    private static OrderRun withoutCaps(OrderPolicy policy) {
        OrderRun run = OrderRun.under(policy, SampleOrders.twoLinesWithTaxAndDiscount());
        SampleFacilities.ALL_IDS.forEach(facility -> run.retail.inventory.stock(facility, SampleOrders.CAP, 0));
        run.retail.inventory.expect(SOMEDAY, SampleOrders.TEE, SampleOrders.CAP);
        return run;
    }

    private static void capsCome(OrderRun run) {
        run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.CAP, 5);
        run.wake("order stock");
    }

    private static void assertCompleted(OrderRun run) {
        assertThat(run.result()).isEqualTo("COMPLETED");
        assertNothingIsLeft(run);
    }

    private static void assertNothingIsLeft(OrderRun run) {
        assertThat(run.retail.vendor.effects()).doesNotHaveDuplicates();
        assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
        assertThat(run.retail.work.ofOrder(run.order.id()))
                .allMatch(work -> work.status().terminal());
    }
}
