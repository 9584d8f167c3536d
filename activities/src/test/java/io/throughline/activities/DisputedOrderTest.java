package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static io.throughline.activities.TestingOrderRuns.operations;
import static io.throughline.activities.TestingOrderRuns.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.payment.Dispute;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds an order's work at its channel: a payment that the customer disputes, a work item that was put on hold. */
class DisputedOrderTest {
    @Test
    void workOfAnOrderWhosePaymentIsDisputedIsGivenOutOnceSomebodyLetsItGo() {
        try (OrderRun run = OrderRun.of(paid("6500000000301"))) {
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE);
            run.start();
            assertAsked(run, FailureCode.PAYMENT_DISPUTED);
            assertThat(run.retail.work.get(run.work(1)).status()).isEqualTo(FulfillmentStatus.ALLOCATED);
            assertThat(operations(run)).doesNotContain("release");

            run.decides(Action.RELEASE_HOLD).awaitStatus(1, FulfillmentStatus.RELEASED);
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** Its facility has it already: its time does not run, and what it had left is left when the work goes on. */
    @Test
    void workThatIsHeldIsNotLateAndGoesOnOnceTheDisputeIsWon() {
        try (OrderRun run = released("6500000000302")) {
            isDisputed(run, Dispute.Status.UNDER_REVIEW);
            assertAsked(run, FailureCode.PAYMENT_DISPUTED);
            run.wake(run.work(1).value()).passes(Duration.ofDays(3));
            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.PAYMENT_DISPUTED);
            assertThat(run.retail.work.get(run.work(1)).held()).isPresent();

            isDisputed(run, Dispute.Status.WON)
                    .await("it goes on", () -> run.retail.cases.open().isEmpty());
            assertThat(run.retail.work.get(run.work(1)).held()).isEmpty();
            assertThat(run.retail.work.get(run.work(1)).deadline().orElseThrow())
                    .isAfter(run.now());
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void anotherRunAsksTheSameQuestion() {
        try (OrderRun run = OrderRun.of(paid("6500000000303"))) {
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE);
            run.start();
            assertAsked(run, FailureCode.PAYMENT_DISPUTED);
            run.startAgain().decides(Action.ACCEPT_DIFFERENCE).awaitStatus(1, FulfillmentStatus.RELEASED);
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(1);
            assertNothingIsLeft(run);
        }
    }

    /** The bank may give the money back, or has: the order is cancelled without another refund, and a person knows. */
    @Test
    void whatIsOpenIsCancelledWithoutGivingItsMoneyBackTwice() {
        try (OrderRun run = released("6500000000304")) {
            isDisputed(run, Dispute.Status.NEEDS_RESPONSE);
            assertAsked(run, FailureCode.PAYMENT_DISPUTED);
            run.decides(Action.CANCEL);
            assertAsked(run, FailureCode.REFUND_DISPUTED);
            assertThat(operations(run)).contains("recall").doesNotContain("cancel");

            run.decides(Action.ACCEPT_DIFFERENCE);
            assertAsked(run, FailureCode.REFUND_MISSING);
            run.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(read(run).cancelledAt()).isPresent();
            assertThat(read(run).refunded().isZero()).isTrue();
        }
    }

    @Test
    void whoeverWantsItGivesTheMoneyBackAllTheSame() {
        try (OrderRun run = released("6500000000305")) {
            isDisputed(run, Dispute.Status.NEEDS_RESPONSE);
            run.decides(Action.CANCEL);
            assertAsked(run, FailureCode.REFUND_DISPUTED);
            run.decides(Action.RELEASE_HOLD);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(read(run).refunded()).isEqualTo(run.order.paid());
            assertNothingIsLeft(run);
        }
    }

    /** By policy nothing is held; a person hears of it, and the case stays. */
    @Test
    void workGoesOnWhereThePolicySaysSo() {
        try (OrderRun run = OrderRun.under(SamplePolicies.GOING_ON, paid("6500000000306"))) {
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE);
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all())
                    .singleElement()
                    .matches(one -> one.code() == FailureCode.PAYMENT_DISPUTED && one.status() == CaseStatus.OPEN);
        }
    }

    /** Which goods a part of the money is about nobody knows; a person hears how much it is. */
    @Test
    void aDisputeAboutAPartHoldsNothingWhereThePolicySaysSo() {
        try (OrderRun run = OrderRun.under(SamplePolicies.HOLDING_WHOLE, paid("6500000000311"))) {
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE, Money.of("5.00", run.order.currency()));
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all())
                    .singleElement()
                    .matches(one -> one.code() == FailureCode.PAYMENT_DISPUTED && one.status() == CaseStatus.OPEN)
                    .satisfies(one -> assertThat(one.detail())
                            .contains(Money.of("5.00", run.order.currency()) + " of " + run.order.paid()));
        }
    }

    @Test
    void aDisputeAboutAllOfItIsHeldUnderThatPolicyAndTheCaseSaysHowMuch() {
        try (OrderRun run = OrderRun.under(SamplePolicies.HOLDING_WHOLE, paid("6500000000312"))) {
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE, run.order.paid());
            run.start();
            assertAsked(run, FailureCode.PAYMENT_DISPUTED);

            assertThat(run.retail.cases.open().getFirst().detail())
                    .isEqualTo("its work is held because of dispute D1 about " + run.order.paid());
            assertThat(run.retail.work.get(run.work(1)).held().orElseThrow().reason())
                    .endsWith(run.order.paid().toString());
        }
    }

    /** Heard without its amount at first: all is held. Once that is known to be a part, it goes on by itself. */
    @Test
    void whatTurnsOutToBeAPartIsHeldNoMore() {
        try (OrderRun run = OrderRun.under(SamplePolicies.HOLDING_WHOLE, paid("6500000000313"))) {
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE);
            run.start();
            assertAsked(run, FailureCode.PAYMENT_DISPUTED);
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE, Money.of("5.00", run.order.currency()));
            run.wake("channel").awaitStatus(1, FulfillmentStatus.RELEASED);
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    /** How much it is about is told while the question is open, whose words are from before that. */
    @Test
    void whoHasLetItGoIsNotAskedOnceMoreBecauseTheAmountIsKnownNow() {
        try (OrderRun run = OrderRun.under(SamplePolicies.HOLDING_WHOLE, paid("6500000000314"))) {
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE);
            run.start();
            assertAsked(run, FailureCode.PAYMENT_DISPUTED);
            run.retail.shop.disputes(Dispute.Status.NEEDS_RESPONSE, run.order.paid());
            run.wake("channel")
                    .await(
                            "the amount is known",
                            () -> run.retail
                                    .disputes
                                    .of(run.order.id())
                                    .getFirst()
                                    .amount()
                                    .isPresent());

            run.decides(Action.RELEASE_HOLD).awaitStatus(1, FulfillmentStatus.RELEASED);
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(1);
        }
    }

    @Test
    void workThatItsChannelPutsOnHoldWaitsAndGoesOnByItself() {
        try (OrderRun run = released("6500000000307")) {
            String item = run.retail.work.get(run.work(1)).channelWork().orElseThrow();
            run.retail.shop.putsOnHold(Map.of(item, "INCORRECT_ADDRESS"));
            run.wake("channel")
                    .await(
                            "it is held",
                            () -> run.retail
                                    .work
                                    .get(run.work(1))
                                    .held()
                                    .filter(hold -> hold.reason().endsWith("INCORRECT_ADDRESS"))
                                    .isPresent());
            run.wake(run.work(1).value()).passes(Duration.ofDays(3));
            assertThat(run.retail.cases.all()).as("its time does not run").isEmpty();

            run.retail.shop.putsOnHold(Map.of());
            run.wake("channel")
                    .await(
                            "it goes on",
                            () -> run.retail.work.get(run.work(1)).held().isEmpty());
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    /** Its facility has it before anything is heard of a dispute or a hold. */
    private static OrderRun released(String number) {
        return OrderRun.of(paid(number)).start().awaitStatus(1, FulfillmentStatus.RELEASED);
    }

    private static OrderRun isDisputed(OrderRun run, Dispute.Status status) {
        run.retail.shop.disputes(status);
        return run.wake("channel");
    }

    private static Order paid(String number) {
        return SampleOrders.twoLines(number).paid().build();
    }

    private static Order read(OrderRun run) {
        return run.retail.shop.read(run.order.key()).orElseThrow().order();
    }

    private static void assertAsked(OrderRun run, FailureCode code) {
        run.await(
                "the case " + code,
                () -> run.retail.cases.open().stream().map(Case::code).toList().equals(List.of(code)));
    }
}
