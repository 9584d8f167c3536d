package io.throughline.activities.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.testing.TestActivityEnvironment;
import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Stage;
import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.counter.TestingCounterReturns;
import io.throughline.domain.counter.TillRefunds.Standing;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.returns.FraudScore;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.SampleBlindRules;
import io.throughline.domain.sale.SampleSales;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.counter.CounterReturnState;
import io.throughline.workflows.counter.CounterReturnSteps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The credit for goods without a receipt: one gift card, looked at until it is there, or credit that the store gives by hand. */
class GiftCardPaybackTest {
    private static final CounterReturnId ID = CounterReturnId.of("tests", "blind");
    private static final Money TWELVE = SampleBlindRules.usd("12.00");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T09:00:00Z"));
    private final TestingRetail retail = TestingRetail.quiet(clock);
    private final TestingGiftCards cards = new TestingGiftCards(retail.vendor);

    @Test
    void isGivenOnceAndFollowedUntilItIsThere() {
        TestingCounterReturns returns = returns(List.of());
        CounterReturnStepsImpl steps = steps(returns);

        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());
        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).containsExactly("gift-card " + ID + "/1");
        assertThat(returns.now().stage()).isEqualTo(Stage.ON_ITS_WAY);

        cards.standing = Standing.PENDING;
        assertThat(steps.confirm(ID)).isEqualTo(StepResult.waiting());
        assertThat(returns.now().stage()).isEqualTo(Stage.ON_ITS_WAY);
        cards.standing = Standing.THROUGH;
        assertThat(steps.confirm(ID)).isEqualTo(StepResult.done());
        assertThat(returns.now().stage()).isEqualTo(Stage.SETTLED);
    }

    @Test
    void aReplyThatGotLostIsFoundAndNotAskedForAgain() {
        TestingCounterReturns returns = returns(List.of());
        retail.vendor.losesReply("gift-card");
        assertThatThrownBy(() -> steps(returns).refund(ID)).isInstanceOf(RuntimeException.class);

        retail.vendor.forgetsKeys();
        assertThat(steps(returns).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).containsExactly("gift-card " + ID + "/1");
        assertThat(returns.now().parts().getFirst().given().orElseThrow().ours())
                .isTrue();
    }

    @Test
    void whatTheShopRefusesIsGivenByHandOnceSomebodySaysSo() {
        TestingCounterReturns returns = returns(List.of());
        CounterReturnStepsImpl steps = steps(returns);
        retail.vendor.refuses("gift-card", FailureCode.REFUND_REFUSED, "GIFT_CARD_LIMIT_EXCEEDED");
        assertThat(steps.refund(ID).code()).isEqualTo(FailureCode.REFUND_REFUSED);
        assertThat(retail.vendor.effects()).isEmpty();
        retail.cases.decide(retail.cases.ofSubject(ID.value()).getFirst().id(), Action.ACCEPT_DIFFERENCE);

        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());

        assertThat(returns.now().stage()).isEqualTo(Stage.TO_PAY_OUT);
        assertThat(returns.now().parts().getFirst().gateway()).isEqualTo("store_credit");
        assertThat(returns.now().parts().getFirst().way()).isEqualTo(Way.COUNTER);
    }

    @Test
    void aCardThatWasStoppedBeforeItWasSeenIsACase() {
        TestingCounterReturns returns = returns(List.of());
        CounterReturnStepsImpl steps = steps(returns);
        steps.refund(ID);
        cards.standing = Standing.FAILED;

        assertThat(steps.confirm(ID).code()).isEqualTo(FailureCode.REFUND_MISSING);
        assertThat(returns.now().stage()).isEqualTo(Stage.ON_ITS_WAY);
        retail.cases.decide(retail.cases.ofSubject(ID.value()).getFirst().id(), Action.ACCEPT_DIFFERENCE);

        assertThat(steps.confirm(ID)).isEqualTo(StepResult.done());

        assertThat(returns.now().stage()).isEqualTo(Stage.TO_PAY_OUT);
        assertThat(returns.now().parts().getFirst().gateway()).isEqualTo("store_credit");
    }

    /** Somebody has made it good while the case was open. */
    @Test
    void aCardThatIsThereAfterAllIsNotGivenByHandToo() {
        TestingCounterReturns returns = returns(List.of());
        CounterReturnStepsImpl steps = steps(returns);
        steps.refund(ID);
        cards.standing = Standing.FAILED;
        steps.confirm(ID);
        cards.standing = Standing.THROUGH;
        retail.cases.decide(retail.cases.ofSubject(ID.value()).getFirst().id(), Action.ACCEPT_DIFFERENCE);

        assertThat(steps.confirm(ID)).isEqualTo(StepResult.done());
        assertThat(returns.now().stage()).isEqualTo(Stage.ON_ITS_WAY);
        assertThat(steps.confirm(ID)).isEqualTo(StepResult.done());

        assertThat(returns.now().stage()).isEqualTo(Stage.SETTLED);
        assertThat(returns.now().parts().getFirst().gateway()).isEqualTo("gift_card");
    }

    @Test
    void operatorsReadWhatCameAndThatTheShopGivesIt() {
        TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
        try {
            environment.registerActivitiesImplementations(steps(returns(List.of())));

            CounterReturnState state =
                    environment.newActivityStub(CounterReturnSteps.class).look(ID);

            assertThat(state.goods()).contains("1 × NW-MUG-RED NEW, RESTOCK", "without a receipt");
            assertThat(state.parts()).isEqualTo("12.00 USD gift_card by the shop, to be given");
        } finally {
            environment.close();
        }
    }

    @Test
    void theCaseOfAnApprovalTellsWhy() {
        CounterReturnStepsImpl steps = steps(returns(List.of("score 45: came-before 40 (2 in 90 days)")));

        assertThat(steps.approve(ID).code()).isEqualTo(FailureCode.REFUND_UNAPPROVED);

        assertThat(retail.cases.ofSubject(ID.value()))
                .singleElement()
                .satisfies(open -> assertThat(open.detail()).contains("it has no receipt", "came-before 40"));
    }

    private CounterReturnStepsImpl steps(TestingCounterReturns returns) {
        return new CounterReturnStepsImpl(
                retail.steps,
                returns,
                new NoTill(),
                new GiftCardPayback(retail.effects, returns, cards, retail.accounts, "store_credit", clock),
                new SampleFacilities(),
                clock);
    }

    private TestingCounterReturns returns(List<String> secondPerson) {
        return new TestingCounterReturns(
                new CounterReturn(
                        ID,
                        new Origin.Unreceipted(SampleBlindRules.SHOP, new FraudScore(List.of()), secondPerson),
                        SampleSales.STORE,
                        "returns-test",
                        RefundTo.STORE_CREDIT,
                        "clerk",
                        clock.instant(),
                        List.of(SampleCounterReturns.line(Origin.NO_LINE)),
                        SampleCounterReturns.refund(
                                TWELVE, new Refund.ToTender(Refund.STORE_CREDIT, "gift_card", MoneyBag.of(TWELVE))),
                        !secondPerson.isEmpty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new CounterReturn.Part(
                                1, Refund.STORE_CREDIT, "gift_card", TWELVE, Way.SYSTEM, Optional.empty(), false)),
                        Optional.empty()),
                new SaleHistory(
                        SampleSales.mug("S-1", Sku.of("NW-MUG-RED"), SampleSales.NOON),
                        Optional.empty(),
                        List.of(),
                        List.of()));
    }
}
