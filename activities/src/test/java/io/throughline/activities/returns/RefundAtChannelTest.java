package io.throughline.activities.returns;

import static io.throughline.activities.returns.TestingReturnRuns.EFFECTS;
import static io.throughline.activities.returns.TestingReturnRuns.END;
import static io.throughline.activities.returns.TestingReturnRuns.assertEnded;
import static io.throughline.activities.returns.TestingReturnRuns.usd;
import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.payment.Dispute;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SampleRefunds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What else happens at the channel while a return is paid. */
class RefundAtChannelTest {
    @Test
    void whatSomebodyHasGivenBackAtTheChannelIsNotGivenAgain() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1);
            run.retail.shop.refundsByHand(run.order.key(), "L1", 1, usd("24.42"));
            run.finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, List.of("invoice", "payment", "tell", "tell"));
            assertThat(run.issued().ours()).isFalse();
            assertThat(run.issued().transactions()).containsValue("BY-HAND");
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    /** The bank may give the same money back: a person says that it goes back all the same. */
    @Test
    void whatIsDisputedIsNotGivenBackBeforeSomebodySaysSo() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE);
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.decides(FailureCode.REFUND_DISPUTED, Action.RETRY)
                    .await(
                            "the question again",
                            () -> run.retail.cases.all().stream()
                                            .filter(one -> one.code() == FailureCode.REFUND_DISPUTED)
                                            .count()
                                    == 2);
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("repay "));

            run.decides(FailureCode.REFUND_DISPUTED, Action.RELEASE_HOLD);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.retail.vendor.effects())
                    .filteredOn(effect -> effect.startsWith("repay "))
                    .hasSize(1);
        }
    }

    @Test
    void whatADisputeHasGivenBackIsNotGivenAgain() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.disputes(Dispute.Status.LOST);
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.decides(FailureCode.REFUND_DISPUTED, Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("repay "));
        }
    }

    /** At the very moment at which we ask the channel: ours is refused, and what was made there is found. */
    @Test
    void aReturnACancellationAndAPersonAtOnceAreOneRefund() {
        AtomicReference<ReturnRun> itself = new AtomicReference<>();
        try (ReturnRun run = new ReturnRun(false, false, meanwhile(() -> {
            ReturnRun now = itself.get();
            now.retail.orders.requestCancel(now.order.id(), "ada", "changed her mind");
            now.retail.shop.refundsByHand(now.order.key(), "L1", 1, usd("24.42"));
            now.retail.vendor.refuses("repay", FailureCode.REFUND_REFUSED, "more units than are left");
        }))) {
            itself.set(run);
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, List.of("invoice", "payment", "tell", "tell"));
            assertThat(run.issued().transactions()).containsExactly(Map.entry("T1", "BY-HAND"));
            assertThat(run.retail
                            .shop
                            .read(run.order.key())
                            .orElseThrow()
                            .order()
                            .refunded())
                    .isEqualTo(usd("24.42"));
        }
    }

    /** Its refund is of the whole order, which the return is not: nothing more is given, and a person decides. */
    @Test
    void aCancellationAtTheChannelAtTheVeryMomentOfTheRefundIsNotPaidTwice() {
        AtomicReference<ReturnRun> itself = new AtomicReference<>();
        try (ReturnRun run = new ReturnRun(false, false, meanwhile(() -> {
            itself.get().retail.shop.isCancelledByHand(itself.get().order.key());
            itself.get().retail.vendor.refuses("repay", FailureCode.REFUND_REFUSED, "the order is cancelled");
        }))) {
            itself.set(run);
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.decides(FailureCode.REFUND_REFUSED, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, List.of("tell"));
            assertThat(run.retail
                            .shop
                            .read(run.order.key())
                            .orElseThrow()
                            .order()
                            .refunded())
                    .isEqualTo(run.order.paid());
        }
    }

    /** Just before the channel is asked for a refund for the first time. */
    private static Checkpoints meanwhile(Runnable others) {
        AtomicBoolean done = new AtomicBoolean();
        return (point, system, operation) -> {
            if (point == Checkpoints.Point.BEFORE_CALL
                    && system == OutsideSystem.SHOPIFY
                    && operation.equals("refund")
                    && done.compareAndSet(false, true)) {
                others.run();
            }
        };
    }

    @Test
    void newsOfARefundMayComeTwiceAndLate() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.repaysLater();
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the wait", () -> run.returned().money() == MoneyStatus.ISSUED);
            run.wake("return").wake("return");
            run.retail.shop.repays(run.order.key());
            run.wake("return").wake("return").wake("everything");
            assertEnded(run, EFFECTS);

            assertThat(run.startAgain().result()).as("woken when all is over").isEqualTo(END);
            assertEnded(run, EFFECTS);
        }
    }

    @Test
    void anotherAmountForTheSameGoodsIsAQuestion() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1);
            run.retail.shop.refundsByHand(run.order.key(), "L1", 1, usd("20.00"));
            run.finds("L1", 1, NEW, Disposition.RESTOCK).decides(FailureCode.REFUND_REFUSED, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, List.of("invoice", "payment", "tell", "tell"));
            Return.Repayment given = run.returned().repayment().orElseThrow();
            assertThat(given.refund().total().shop())
                    .as("what the customer has")
                    .isEqualTo(usd("20.00"));
            assertThat(given.issued().orElseThrow().ours()).isFalse();
            assertThat(run.retail.erp.payments())
                    .extracting(payment -> payment.amount())
                    .containsExactly(usd("20.00"));
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").total())
                    .as("refund and what was kept")
                    .isEqualTo(usd("20.00").negated());
            assertThat(run.retail.returns.outcomes()).singleElement().asString().contains("in the books");
        }
    }

    /** More than we come to was given for peace. */
    @Test
    void whatWasGivenBeyondOursIsBookedAsAnAllowance() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1);
            run.retail.shop.refundsByHand(run.order.key(), "L1", 1, usd("30.00"));
            run.finds("L1", 1, NEW, Disposition.RESTOCK).decides(FailureCode.REFUND_REFUSED, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, List.of("invoice", "payment", "tell", "tell"));
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").lines())
                    .extracting(line -> line.product())
                    .contains("ALLOWANCE");
        }
    }

    /** Nobody loses sight of it because the return's own is still on its way. */
    @Test
    void whatSomebodyGivesWhileTheRefundIsOnItsWayIsToldToAPerson() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.repaysLater();
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the wait", () -> run.returned().money() == MoneyStatus.ISSUED);
            run.retail.shop.refundsByHand(run.order.key(), "L1", 0, usd("5.00"));
            run.retail.shop.repays(run.order.key());
            run.wake("return");

            assertEnded(run, EFFECTS);
            assertThat(run.retail.cases.open()).singleElement().satisfies(open -> {
                assertThat(open.code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
                assertThat(open.legalActions()).contains(Action.BOOK_AS_RETURN);
            });
        }
    }

    @Test
    void whatIsOnItsWayForTooLongIsACaseUntilItHasCome() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.repaysLater();
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the wait", () -> run.returned().money() == MoneyStatus.ISSUED);
            assertThat(run.retail.cases.all()).isEmpty();
            run.passes(Duration.ofDays(4));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.REFUND_MISSING);
            assertThat(run.retail.cases.open().getFirst().detail()).contains("has not come");

            run.retail.shop.repays(run.order.key());
            run.wake("return");

            assertEnded(run, EFFECTS);
            assertThat(run.retail.cases.open()).isEmpty();
        }
    }

    @Test
    void whoeverWaitsOnForARefundIsNotAskedAgain() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.repaysLater();
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the wait", () -> run.returned().money() == MoneyStatus.ISSUED);
            run.passes(Duration.ofDays(4));
            run.decides(FailureCode.REFUND_MISSING, Action.ACCEPT_DIFFERENCE);
            run.passes(Duration.ofDays(2));
            assertThat(run.retail.cases.all()).hasSize(1);
            assertThat(run.returned().money()).isEqualTo(MoneyStatus.ISSUED);

            run.retail.shop.repays(run.order.key());
            run.wake("return");

            assertEnded(run, EFFECTS);
        }
    }

    /** A channel suggests no more than it has still. */
    @Test
    void whatWasGivenForPeaceBeforeIsNoDifference() {
        try (ReturnRun run = ReturnRun.byMail(2)) {
            run.retail.shop.refundsByHand(run.order.key(), "L1", 0, usd("60.00"));
            run.retail.channel.accept(run.order.id());
            run.retail.shop.suggests(usd("38.74"));
            run.start().receives("L1", 2).finds("L1", 2, NEW, Disposition.RESTOCK);
            run.await(
                    "the refund, or a question about it",
                    () -> run.returned().money() == MoneyStatus.ENDED
                            || run.retail.cases.open().stream()
                                    .anyMatch(one -> one.code() == FailureCode.REFUND_DIFFERS));

            assertThat(run.retail.cases.all()).extracting(Case::code).doesNotContain(FailureCode.REFUND_DIFFERS);
        }
    }

    @Test
    void theVeryAmountInOtherPartsIsAQuestion() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1);
            run.retail.shop.refundsByHand(run.order.key(), "L1", 0, usd("24.00"));
            run.retail.shop.refundsByHand(run.order.key(), "L1", 0, usd("0.42"));
            run.finds("L1", 1, NEW, Disposition.RESTOCK).decides(FailureCode.REFUND_REFUSED, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, List.of("tell"));
        }
    }

    /** The channel has given it, its reply is lost: to another return of the order it looks like somebody else's. */
    @Test
    void whatAnotherReturnIsBeingGivenIsNotTakenForItsOwn() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1);
            ReturnId other = run.retail.returns.authorise(
                    run.order,
                    new ReturnedTo.ByMail(),
                    true,
                    new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(NEW)));
            run.retail.returns.calculate(
                    other, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(run.order, "L1", "24.42"), false));
            run.retail.ledger.claim(
                    run.retail.ledger.intend(run.order.key().account(), other.value(), "refund", "once"),
                    OutsideSystem.SHOPIFY,
                    "one tee",
                    Duration.ofSeconds(20));
            run.retail.shop.refundsByHand(run.order.key(), "L1", 1, usd("24.42"));
            run.finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the amount", () -> run.returned().money() == MoneyStatus.APPROVED);
            run.passes(Duration.ofSeconds(30));
            assertThat(run.returned().money()).isEqualTo(MoneyStatus.APPROVED);
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("repay"));

            run.retail.returns.issued(
                    other, new Return.Issued("BY-HAND", Map.of("T1", "BY-HAND"), true, run.order.placedAt()));

            assertEnded(run, EFFECTS);
            assertThat(run.issued().ours()).isTrue();
        }
    }

    /** A return is no order that could be cancelled. */
    @Test
    void anOrderThatCannotBeReadIsAQuestionOfItsRefund() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1);
            run.retail.shop.garbles(run.order.key());
            run.finds("L1", 1, NEW, Disposition.RESTOCK)
                    .decides(FailureCode.REFUND_REFUSED, Action.ACCEPT_DIFFERENCE)
                    .decides(FailureCode.REFUND_REFUSED, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, List.of("tell"));
        }
    }

    /** A present to somebody who waits is none of the return's business, and none that goes unseen. */
    @Test
    void moneyThatIsGivenForSomethingElseIsLeftToAPerson() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1);
            run.retail.shop.refundsByHand(run.order.key(), "L1", 0, usd("5.00"));
            run.finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
            assertThat(run.retail.cases.all())
                    .extracting(Case::code)
                    .containsExactly(FailureCode.CHANGED_AFTER_SHIPMENT);
        }
    }

    @Test
    void whatTheChannelReckonsOtherwiseIsNeverSilentlyTaken() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.suggests(usd("24.41"));
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().detail())
                    .contains("24.41 USD")
                    .contains("24.42 USD");
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("repay"));
            run.decides(FailureCode.REFUND_DIFFERS, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, EFFECTS);
            assertThat(run.returned().repayment().orElseThrow().refund().total().shop())
                    .hasToString("24.42 USD");
        }
    }

    /** Somebody has mended the order there: then nobody has to decide any more. */
    @Test
    void whatTheChannelComesToAfterAllIsGivenWithoutAPerson() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.suggests(usd("24.41"));
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.retail.shop.suggests(usd("24.40"));
            run.wake("return");
            run.await(
                    "the other words",
                    () -> run.retail.cases.open().getFirst().detail().contains("24.40 USD"));
            assertThat(run.retail.cases.all()).as("the same case").hasSize(1);

            run.retail.shop.suggests(usd("24.42"));
            run.wake("return");

            assertEnded(run, EFFECTS);
            Case differed = run.retail.cases.all().getFirst();
            assertThat(differed.decision()).isEmpty();
            assertThat(run.retail.cases.outcome(differed.id()))
                    .contains("its cause has gone: the channel comes to the same, or there is nothing left to compare");
        }
    }

    @Test
    void moneyOnItsWayIsFollowedUntilItHasCome() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.shop.repaysLater();
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the wait", () -> run.returned().money() == MoneyStatus.ISSUED);
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("invoice"));

            run.retail.shop.repays(run.order.key());
            run.wake("return");

            assertEnded(run, EFFECTS);
        }
    }
}
