package io.throughline.activities.returns;

import static io.throughline.activities.returns.TestingReturnRuns.assertEnded;
import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.ReturnCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is given back without a customer who sends anything. */
class ReturnWithoutGoodsTest {
    @Test
    void aRefusedParcelIsPaidOnceItIsBackAndOnTheShelf() {
        try (ReturnRun run = ReturnRun.refusedParcel()) {
            run.start().passes(Duration.ofHours(1));
            assertThat(run.returned().money()).isEqualTo(MoneyStatus.AWAITS_GOODS);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isEqualTo(1);
        }
    }

    static Stream<ReturnCause> causesWithoutGoods() {
        return Stream.of(new ReturnCause.ParcelLost("1Z1"), new ReturnCause.Claim(List.of()));
    }

    @ParameterizedTest
    @MethodSource("causesWithoutGoods")
    void whatNeverComesIsPaidAtOnceAndNeverStocked(ReturnCause cause) {
        try (ReturnRun run = ReturnRun.withoutGoods(cause)) {
            run.start();

            assertEnded(run, "goods NOT_TO_COME, money ENDED", List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.returned().repayment().orElseThrow().refund().total().shop())
                    .hasToString("24.42 USD");
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isZero();
        }
    }

    /** The channel is asked for the whole units, and given back is a part of what it comes to. */
    @Test
    void aPartOfThePriceIsGivenOnceForWhatStays() {
        try (ReturnRun run = ReturnRun.withoutGoods(new ReturnCause.Claim(List.of(), Optional.of(30)))) {
            run.retail.vendor.losesReply("repay");
            run.start();

            assertEnded(run, "goods NOT_TO_COME, money ENDED", List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.returned().repayment().orElseThrow().refund().total().shop())
                    .hasToString("7.33 USD");
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").total()).hasToString("-7.33 USD");
        }
    }

    @Test
    void anAppeasementIsGivenAndBookedOnce() {
        try (ReturnRun run = ReturnRun.appeasement("10.00")) {
            run.retail.vendor.losesReply("repay");
            run.start();

            assertEnded(run, "goods NOT_TO_COME, money ENDED", List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").total()).hasToString("-10.00 USD");
        }
    }

    @Test
    void muchForPeaceWaitsForASecondPerson() {
        try (ReturnRun run = ReturnRun.appeasement("20.01")) {
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.REFUND_UNAPPROVED);
            assertThat(run.retail.vendor.effects()).isEmpty();
            run.retail.returns.approve(run.id, "finance");
            run.wake("return");

            assertEnded(run, "goods NOT_TO_COME, money ENDED", List.of("invoice", "payment", "repay", "tell"));
        }
    }
}
