package io.throughline.activities.returns;

import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static io.throughline.domain.returns.ReturnPolicyBuilder.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real process of a return over the real steps: whatever goes wrong, the customer gets the right money once and the books know. */
class WholeReturnTest {
    private static final List<String> EFFECTS = List.of("invoice", "payment", "repay", "tell", "tell");
    private static final String END = "goods INSPECTED, money ENDED";

    /** The shop gives the money back, and the ERP books that it was: both call it a refund. */
    private static final List<String> EFFECTS_BY_SYSTEM =
            List.of("SHOPIFY refund", "TRYTON credit", "TRYTON refund", "TRYTON settle", "MESSAGING tell");

    @Test
    void whatComesByMailIsInspectedRefundedAndBooked() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1).finds("L1", 1, OPENED, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isEqualTo(1);
            assertThat(run.returned().repayment().orElseThrow().refund().total().shop())
                    .hasToString("21.98 USD");
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").total()).hasToString("-21.98 USD");
            assertThat(run.retail.journals.of(run.id))
                    .extracting(posting -> posting.journal().kind() + " " + posting.status())
                    .containsExactly("CREDIT_NOTE " + PostingStatus.CONFIRMED, "REVERSAL " + PostingStatus.CONFIRMED);
            assertThat(run.historyLength()).isLessThanOrEqualTo(70);
        }
    }

    @Test
    void whatIsCarriedIntoAStoreIsStockedThere() {
        try (ReturnRun run = ReturnRun.inStore()) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.retail.inventory.onHand(SampleFacilities.ST_HARBOR, SampleOrders.TEE))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsScrappedIsPaidAndNeverStocked() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.SCRAP);

            assertEnded(run, EFFECTS);
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isZero();
        }
    }

    static Stream<String> operations() {
        return Stream.of("repay", "invoice", "payment", "tell");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aLostReplyIsFoundAgain(String operation) {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.vendor.losesReply(operation);
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
        }
    }

    static Stream<String> deaths() {
        return Stream.of(Checkpoints.Point.values())
                .flatMap(point -> EFFECTS_BY_SYSTEM.stream().map(effect -> point + " " + effect));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aProcessThatDiesAtANamedPointGivesNothingTwice(String where) {
        AtomicBoolean died = new AtomicBoolean();
        Checkpoints checkpoints = (point, system, operation) -> {
            if (where.equals(point + " " + system + " " + operation) && died.compareAndSet(false, true)) {
                throw new Died();
            }
        };
        try (ReturnRun run = new ReturnRun(false, false, checkpoints)) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
            assertThat(died).isTrue();
        }
    }

    @Test
    void aRunThatIsStartedAgainEndsTheSame() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().receives("L1", 1);
            run.startAgain().finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the refund", () -> run.returned().repayment().isPresent());
            run.startAgain();

            assertEnded(run, EFFECTS);
        }
    }

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

            assertEnded(run, List.of("tell"));
            assertThat(run.retail.returns.outcomes()).singleElement().asString().contains("bears");
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

    @Test
    void muchMoneyWaitsForASecondPerson() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.returnPolicy.limits(usd("10.00"), usd("10.00"), usd("10.00"));
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.REFUND_UNAPPROVED);
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("repay"));

            run.retail.returns.approve(run.id, "finance");
            run.wake("return");

            assertEnded(run, EFFECTS);
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

    static Stream<Order> ordersPaidInOneAndInTwo() {
        return Stream.of(
                SampleOrders.twoLinesWithTaxAndDiscount(),
                SampleOrders.twoLines("6500000000079")
                        .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "gift_card", "10.00", Optional.empty())
                        .tender("T2", Tender.Kind.SALE, Tender.Status.SUCCESS, "bogus", "88.74", Optional.empty())
                        .build());
    }

    /** It is one transaction of the channel's, whatever the order was paid with, and a debt of ours in the books. */
    @ParameterizedTest
    @MethodSource("ordersPaidInOneAndInTwo")
    void whoeverWantsStoreCreditGetsItOnce(Order order) {
        try (ReturnRun run = ReturnRun.forStoreCredit(order)) {
            run.retail.vendor.losesReply("repay");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, List.of("invoice", "payment", "repay", "tell"));
            assertThat(run.issued().transactions()).containsOnlyKeys(Refund.STORE_CREDIT);
            assertThat(run.retail.erp.payments()).singleElement().satisfies(payment -> {
                assertThat(payment.gateway()).isEqualTo("shopify_store_credit");
                assertThat(payment.amount()).hasToString("24.42 USD");
            });
            assertThat(run.retail.orders.find(run.order.id()).orElseThrow().refunded())
                    .hasToString("24.42 USD");
            assertThat(run.historyLength()).isLessThanOrEqualTo(70);
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
    @MethodSource("operations")
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

    @Test
    void moneyFirstAndTheGoodsAreAskedAfter() {
        try (ReturnRun run = new ReturnRun(false, true, Checkpoints.none())) {
            run.start();
            run.await("the money", () -> run.returned().money() == MoneyStatus.ENDED);
            assertThat(run.running()).isTrue();
            run.passes(Duration.ofDays(2));
            run.decides(FailureCode.RETURN_OVERDUE, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, EFFECTS);
            assertThat(run.returned().lines().getFirst().missing()).isEqualTo(1);
        }
    }

    @Test
    void goodsThatComeLateAnswerTheQuestionThemselves() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.start().passes(Duration.ofDays(2));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run, EFFECTS);
            assertThat(run.retail.cases.all()).singleElement().matches(one -> one.status() == CaseStatus.CLOSED);
        }
    }

    @Test
    void whatHasComeIsStockedWhileTheRestIsAskedAfter() {
        try (ReturnRun run = ReturnRun.byMail(2)) {
            run.start().passes(Duration.ofDays(2));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the stock", () -> run.returned().toBook().isEmpty());
            assertThat(run.retail.inventory.onHand(SampleFacilities.WH_EAST, SampleOrders.TEE))
                    .isEqualTo(1);
            run.decides(FailureCode.RETURN_OVERDUE, Action.ACCEPT_DIFFERENCE);

            assertEnded(run, EFFECTS);
        }
    }

    @Test
    void whatTheErpRefusesIsACaseAndTheMoneyStaysGiven() {
        try (ReturnRun run = ReturnRun.byMail()) {
            run.retail.vendor.refuses("invoice", FailureCode.ERP_REJECTED, "no such product");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.decides(FailureCode.CREDIT_REJECTED, Action.RETRY);

            assertEnded(run, EFFECTS);
            assertThat(run.retail.journals.of(run.id).getFirst().journal().kind())
                    .isEqualTo(Journal.Kind.CREDIT_NOTE);
        }
    }

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

    private static void assertEnded(ReturnRun run, List<String> effects) {
        assertEnded(run, END, effects);
    }

    private static void assertEnded(ReturnRun run, String end, List<String> effects) {
        assertThat(run.result()).isEqualTo(end);
        assertThat(run.retail.vendor.effects().stream()
                        .map(effect -> effect.split(" ", 2)[0])
                        .sorted())
                .containsExactlyElementsOf(effects);
        assertThat(run.returned().closedAt()).isPresent();
        assertThat(run.retail.cases.open().stream().filter(one -> one.code() != FailureCode.CHANGED_AFTER_SHIPMENT))
                .isEmpty();
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    /** As if the process had been killed. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
