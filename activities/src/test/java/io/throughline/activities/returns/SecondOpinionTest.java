package io.throughline.activities.returns;

import static io.throughline.activities.returns.TestingReturnRuns.assertEnded;
import static io.throughline.activities.returns.TestingReturnRuns.usd;
import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static io.throughline.domain.returns.ReturnPolicyBuilder.OPENED;
import static io.throughline.domain.returns.ReturnPolicyBuilder.UNSALEABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.CustomerStatus;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.MoneyStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a return whose refund a second person does not agree with, and of money that was given before its goods were seen. */
class SecondOpinionTest {
    @Test
    void whatIsNotPaidForLeavesTheStockAndGoesBack() {
        try (ReturnRun run = unapproved(Disposition.REFURBISH)) {
            assertThat(onHand(run)).isEqualTo(1);

            run.retail.returns.sendBack(run.id);
            run.wake("return");

            assertEnded(run, List.of("tell"));
            assertThat(onHand(run)).isZero();
            assertThat(run.retail.vendor.effects()).singleElement().asString().contains("RETURN_SENT_BACK");
            assertThat(CustomerStatus.of(run.returned())).isEqualTo(CustomerStatus.SENT_BACK);
        }
    }

    @Test
    void whatIsKeptStaysInStockAndItsCustomerIsTold() {
        try (ReturnRun run = unapproved(Disposition.RESTOCK)) {
            run.retail.returns.refuseMoney(run.id);
            run.wake("return");

            assertEnded(run, List.of("tell"));
            assertThat(onHand(run)).isEqualTo(1);
            assertThat(run.retail.vendor.effects()).singleElement().asString().contains("RETURN_REFUSED");
            assertThat(run.retail.journals.of(run.id)).isEmpty();
        }
    }

    @Test
    void aCorrectedGradeIsReckonedAnewAndAskedAboutAgain() {
        try (ReturnRun run = unapproved(Disposition.RESTOCK)) {
            run.retail.returns.regrade(run.id, OPENED);
            run.wake("return");
            run.await(
                    "the new refund",
                    () -> run.returned().repayment().isPresent()
                            && run.retail.cases.open().size() == 1);
            assertThat(run.returned().repayment().orElseThrow().refund().total().shop())
                    .hasToString("21.98 USD");

            run.retail.returns.approve(run.id, "a third person");
            run.wake("return");
            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
        }
    }

    @Test
    void aReturnThatIsRefusedIsToldToItsCustomer() {
        try (ReturnRun run = ReturnRun.inStore()) {
            run.start();
            run.retail.returns.refuse(run.id);
            run.wake("return");

            assertEnded(run, "goods REFUSED, money ENDED", List.of("tell"));
            assertThat(run.retail.vendor.effects()).singleElement().asString().contains("RETURN_REFUSED");
        }
    }

    @Test
    void worseGoodsThanWerePaidForAreOwed() {
        try (ReturnRun run = new ReturnRun(true, true, Checkpoints.none())) {
            run.start();
            run.await("the money", () -> run.returned().money() == MoneyStatus.ENDED);
            run.receives("L1", 1).finds("L1", 1, UNSALEABLE, Disposition.SCRAP);

            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.retail.debts.find(run.id).orElseThrow().amount()).isEqualTo(usd("24.42"));
        }
    }

    @Test
    void whatIsAsItWasSaidToBeIsNotOwed() {
        try (ReturnRun run = new ReturnRun(true, true, Checkpoints.none())) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.retail.debts.find(run.id)).isEmpty();
        }
    }

    @Test
    void whatWasPaidAndNeverComesIsOwedOnceItIsGivenUp() {
        try (ReturnRun run = new ReturnRun(true, true, Checkpoints.none())) {
            run.start();
            run.await("the money", () -> run.returned().money() == MoneyStatus.ENDED);
            run.passes(Duration.ofDays(2));
            run.decides(FailureCode.RETURN_OVERDUE, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.retail.debts.find(run.id).orElseThrow().amount()).isEqualTo(usd("24.42"));
        }
    }

    /** One tee in a store, for whose money somebody else has to agree. */
    private static ReturnRun unapproved(Disposition disposition) {
        ReturnRun run = ReturnRun.inStore();
        run.retail.returnPolicy.limits(usd("1.00"), usd("1.00"), usd("1.00"));
        run.start().receives("L1", 1).finds("L1", 1, NEW, disposition);
        run.await(
                "the question",
                () -> run.retail.cases.open().stream().anyMatch(open -> open.code() == FailureCode.REFUND_UNAPPROVED));
        run.await("the stock", () -> run.returned().toBook().isEmpty());
        return run;
    }

    private static int onHand(ReturnRun run) {
        return run.retail.inventory.onHand(SampleFacilities.ST_HARBOR, SampleOrders.TEE);
    }
}
