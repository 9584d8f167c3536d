package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static io.throughline.activities.TestingOrderRuns.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.payment.Dispute;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A facility's own system is told of a hold on work that it has, and of its end; where it can't be, a person is to call. */
class ToldOfHoldTest {
    private static final String HOLD = "hold";
    private static final String LET_GO = "let go";

    @Test
    void aTillIsToldOfEachHoldAndOfItsEndOnce() {
        try (OrderRun run = released("6500000000401")) {
            isDisputed(run, Dispute.Status.NEEDS_RESPONSE).awaitEffect(HOLD);
            run.wake(run.work(1).value()).passes(Duration.ofHours(2));
            isDisputed(run, Dispute.Status.WON).awaitEffect(LET_GO);
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects())
                    .containsOnlyOnce(HOLD + " " + run.work(1) + " 1", LET_GO + " " + run.work(1) + " 2")
                    .filteredOn(effect -> effect.startsWith(HOLD) || effect.startsWith(LET_GO))
                    .hasSize(2);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatWasToldWithoutAReplyIsFoundAndNotToldTwice() {
        try (OrderRun run = released("6500000000402")) {
            run.retail.vendor.losesReply(HOLD);
            isDisputed(run, Dispute.Status.NEEDS_RESPONSE);
            run.await(
                    "it is told",
                    () -> run.retail.work.get(run.work(1)).holdNews().told() == 1);

            assertThat(run.retail.vendor.effects()).containsOnlyOnce(HOLD + " " + run.work(1) + " 1");
        }
    }

    /** Nothing waits for it: what a person lets go leaves, and the till hears of both when it is back. */
    @Test
    void aTillThatIsDownHoldsNothingUp() {
        try (OrderRun run = released("6500000000403")) {
            run.retail.vendor.goesDown(HOLD);
            isDisputed(run, Dispute.Status.NEEDS_RESPONSE);
            run.await(
                    "the question",
                    () -> run.retail.cases.open().stream().anyMatch(one -> one.code() == FailureCode.PAYMENT_DISPUTED));
            run.decides(Action.RELEASE_HOLD);
            ship(run);
            run.await(
                    "it has left",
                    () -> run.retail.work.get(run.work(1)).status().handedOver());
            run.retail.vendor.comesBack();

            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void whoCanNotBeToldIsToBeCalledUntilTheHoldEnds() {
        try (OrderRun run = released("6500000000404")) {
            run.retail.vendor.refuses(HOLD, FailureCode.FACILITY_REFUSED, "its system has no word for that");
            isDisputed(run, Dispute.Status.NEEDS_RESPONSE);
            run.await(
                    "the case",
                    () -> run.retail.cases.open().stream().anyMatch(one -> one.code() == FailureCode.HOLD_NOT_TOLD));
            assertThat(untold(run).detail())
                    .contains(run.work(1).value(), "must be called", "its payment is disputed", "no word for that");

            isDisputed(run, Dispute.Status.WON)
                    .await("nobody need call", () -> untold(run).status() == CaseStatus.CLOSED);
            ship(run);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    /** Its facility was never asked to do it. */
    @Test
    void workThatNobodyWasGivenIsNoNewsToAnybody() {
        try (OrderRun run =
                OrderRun.of(SampleOrders.twoLines("6500000000405").paid().build())) {
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE);
            run.start();
            run.await("the question", () -> !run.retail.cases.open().isEmpty());
            isDisputed(run, Dispute.Status.WON).awaitStatus(1, FulfillmentStatus.RELEASED);

            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith(HOLD));
        }
    }

    private static Case untold(OrderRun run) {
        return run.retail.cases.all().stream()
                .filter(one -> one.code() == FailureCode.HOLD_NOT_TOLD)
                .findFirst()
                .orElseThrow();
    }

    private static OrderRun released(String number) {
        return OrderRun.of(SampleOrders.twoLines(number).paid().build())
                .start()
                .awaitStatus(1, FulfillmentStatus.RELEASED);
    }

    private static OrderRun isDisputed(OrderRun run, Dispute.Status status) {
        run.retail.shop.disputes(status);
        return run.wake("channel");
    }
}
