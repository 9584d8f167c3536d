package io.throughline.activities.returns;

import static io.throughline.activities.returns.TestingReturnRuns.EFFECTS;
import static io.throughline.activities.returns.TestingReturnRuns.assertEnded;
import static io.throughline.activities.returns.TestingReturnRuns.usd;
import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.MoneyStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A refund that the channel could not carry out. */
class FailedRefundTest {
    @Test
    void aRefundThatFailedIsGivenAgainByAnotherOnceAPersonHasDecidedSo() {
        try (ReturnRun run = ReturnRun.byMail()) {
            failsAtTheChannel(run).decides(FailureCode.REFUND_MISSING, Action.RETRY);

            assertEnded(run, List.of("invoice", "payment", "repay", "repay", "tell", "tell"));
            assertThat(run.retail.vendor.effects())
                    .as("under names of their own")
                    .contains("repay " + run.id, "repay " + run.id + "/2");
            assertThat(run.issued().transactions()).containsExactly(Map.entry("T1", "R2-T1"));
            assertThat(run.retail.erp.payments())
                    .singleElement()
                    .satisfies(payment -> assertThat(payment.amount()).hasToString("24.42 USD"));
        }
    }

    /** That an outage is over, or that others of the same cause came through, says nothing of this money. */
    @Test
    void onlyAKnownPersonsAnswerToTheVeryFailureGivesMoneyAgain() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.repaysLater();
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the wait", () -> run.returned().money() == MoneyStatus.ISSUED);
            run.await("an outage to be answered", () -> answersAnOutage(run));
            run.retail.shop.failsToRepay(run.order.key());
            run.wake("return");

            run.decides(FailureCode.REFUND_MISSING, retry(run, Decision.OURSELVES, true));
            run.decides(FailureCode.REFUND_MISSING, retry(run, "ui", false));
            run.await("the question, again", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.vendor.effects())
                    .filteredOn(effect -> effect.startsWith("repay"))
                    .hasSize(1);
            run.decides(FailureCode.REFUND_MISSING, Action.RETRY);

            assertEnded(run, List.of("invoice", "payment", "repay", "repay", "tell", "tell"));
        }
    }

    /** Not if the step works at that very moment, which closes the case. */
    private static boolean answersAnOutage(ReturnRun run) {
        Case outage = run.retail.cases.open(
                run.order.key().account(),
                run.id.value(),
                "channel.confirm return",
                FailureCode.SYSTEM_UNREACHABLE,
                "no answer");
        try {
            run.retail.cases.decide(outage.id(), Action.RETRY);
            return true;
        } catch (IllegalDecision closed) {
            return false;
        }
    }

    private static Decision retry(ReturnRun run, String actor, boolean verified) {
        return new Decision(Action.RETRY, actor, verified, Optional.empty(), Map.of(), run.order.placedAt());
    }

    /** The question about what is late is one about a failure from the moment on at which the channel tells of that. */
    @Test
    void aFailureIsToldAtOnceThoughAPersonIsAskedWhyItIsLate() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.repaysLater();
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the wait", () -> run.returned().money() == MoneyStatus.ISSUED);
            run.passes(Duration.ofDays(4));
            run.await(
                    "the question why it is late",
                    () -> run.retail.cases.open().stream()
                            .anyMatch(one -> one.detail().endsWith("and has not come")));

            run.retail.shop.failsToRepay(run.order.key());
            run.wake("return");

            run.await(
                    "the failure",
                    () -> run.retail.cases.open().stream()
                            .anyMatch(one -> one.detail().endsWith("has failed at the channel")));
            assertThat(run.retail.cases.all()).as("the same case").hasSize(1);
            run.decides(FailureCode.REFUND_MISSING, Action.RETRY);
            assertEnded(run, List.of("invoice", "payment", "repay", "repay", "tell", "tell"));
        }
    }

    /** A channel may tell of a failure first, and of a success after all. */
    @Test
    void aRefundThatCameThroughAfterAllIsNotGivenAgain() {
        try (ReturnRun run = ReturnRun.byMail()) {
            failsAtTheChannel(run);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.retail.shop.repays(run.order.key());
            run.decides(FailureCode.REFUND_MISSING, Action.RETRY);

            assertEnded(run, EFFECTS);
        }
    }

    @Test
    void aRefundThatFailsTwiceIsAQuestionTwice() {
        try (ReturnRun run = ReturnRun.byMail()) {
            failsAtTheChannel(run);
            run.retail.shop.repaysLater();
            run.decides(FailureCode.REFUND_MISSING, Action.RETRY);
            run.await(
                    "the second refund",
                    () -> run.retail.vendor.effects().contains("repay " + run.id + "/2")
                            && run.returned().money() == MoneyStatus.ISSUED);
            run.retail.shop.failsToRepay(run.order.key());
            run.wake("return").decides(FailureCode.REFUND_MISSING, Action.RETRY);

            assertEnded(run, List.of("invoice", "payment", "repay", "repay", "repay", "tell", "tell"));
            assertThat(run.issued().transactions()).containsExactly(Map.entry("T1", "R3-T1"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.throughline.activities.returns.TestingReturnRuns#operations")
    void aLostReplyAfterARefundThatFailedIsFoundAgain(String operation) {
        try (ReturnRun run = ReturnRun.byMail()) {
            failsAtTheChannel(run);
            run.retail.vendor.losesReply(operation);
            run.decides(FailureCode.REFUND_MISSING, Action.RETRY);

            assertEnded(run, List.of("invoice", "payment", "repay", "repay", "tell", "tell"));
        }
    }

    @Test
    void aRefundThatFailedAndWasMadeByHandAtTheChannelIsNotMadeAgain() {
        try (ReturnRun run = ReturnRun.byMail()) {
            failsAtTheChannel(run);
            run.retail.shop.refundsByHand(run.order.key(), "L1", 0, usd("24.42"));
            run.decides(FailureCode.REFUND_MISSING, Action.RETRY);

            assertEnded(run, EFFECTS);
            assertThat(run.issued().ours()).isFalse();
            assertThat(run.issued().transactions()).containsValue("BY-HAND");
        }
    }

    @Test
    void aRefundThatFailedAndIsGivenOtherwiseIsOwedByTheBooks() {
        try (ReturnRun run = ReturnRun.byMail()) {
            failsAtTheChannel(run).decides(FailureCode.REFUND_MISSING, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, List.of("invoice", "repay", "tell", "tell"));
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").total()).hasToString("-24.42 USD");
            assertThat(run.retail.journals.of(run.id))
                    .extracting(posting -> posting.journal().kind() + " " + posting.status())
                    .containsExactly("CREDIT_NOTE " + PostingStatus.CONFIRMED);
        }
    }

    /** The channel has taken the refund, and tells later that it came to nothing. */
    private static ReturnRun failsAtTheChannel(ReturnRun run) {
        run.retail.shop.repaysLater();
        run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
        run.await("the wait", () -> run.returned().money() == MoneyStatus.ISSUED);
        run.retail.shop.failsToRepay(run.order.key());
        return run.wake("return");
    }
}
