package io.throughline.activities.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.activities.TestingRetail;
import io.throughline.activities.TestingVendor;
import io.throughline.activities.call.Effects;
import io.throughline.domain.SettableClock;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Stage;
import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.counter.TestingCounterReturns;
import io.throughline.domain.counter.TillRefunds;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.returns.CustomerStatus;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.SampleTillSales;
import io.throughline.workflows.call.StepResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The money of a return over a counter: the till's system gives it once, or somebody has done so at the till, or it is paid out. */
class CounterReturnStepsTest {
    private static final CounterReturnId ID = CounterReturnId.of("tests", "1");
    private static final Money TWENTY = Money.of("20.00", CurrencyCode.of("USD"));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T09:00:00Z"));
    private final TestingRetail retail = TestingRetail.quiet(clock);
    private final TestingTill till = new TestingTill(retail.vendor);
    private final TestingCounterReturns returns = new TestingCounterReturns(
            returned(),
            new SaleHistory(
                    SampleSales.mug("S-1", Sku.of("NW-MUG-RED"), SampleSales.NOON),
                    Optional.of(SampleTillSales.id("S-1").key()),
                    List.of(returned()),
                    List.of()));
    private final CounterReturnStepsImpl steps = steps(returns);

    private CounterReturnStepsImpl steps(TestingCounterReturns of) {
        return new CounterReturnStepsImpl(
                retail.steps,
                of,
                new TillPayback(retail.effects, of, till, retail.accounts, new SampleFacilities(), "cash", clock),
                new GiftCardPayback(
                        retail.effects,
                        of,
                        new TestingGiftCards(retail.vendor),
                        retail.accounts,
                        "store_credit",
                        clock),
                new SampleFacilities(),
                clock);
    }

    @Test
    void isGivenBackOnceAndFollowedUntilItGotThrough() {
        assertThat(returns.now().customerStatus()).isEqualTo(CustomerStatus.UNDER_REVIEW);
        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());
        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).containsExactly("till-refund " + ID + "/1");
        assertThat(returns.now().stage()).isEqualTo(Stage.ON_ITS_WAY);
        assertThat(returns.now().customerStatus()).isEqualTo(CustomerStatus.REFUND_ON_ITS_WAY);

        till.standing = TillRefunds.Standing.PENDING;
        assertThat(steps.confirm(ID)).isEqualTo(StepResult.waiting());
        till.standing = TillRefunds.Standing.THROUGH;
        assertThat(steps.confirm(ID)).isEqualTo(StepResult.done());
        assertThat(returns.now().stage()).isEqualTo(Stage.SETTLED);
        assertThat(returns.now().customerStatus()).isEqualTo(CustomerStatus.REFUNDED);
    }

    @Test
    void aReplyThatGotLostIsFoundAndNotAskedForAgain() {
        retail.vendor.losesReply("till-refund");
        assertThatThrownBy(() -> steps.refund(ID)).isInstanceOf(RuntimeException.class);

        retail.vendor.forgetsKeys();
        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).containsExactly("till-refund " + ID + "/1");
        assertThat(returns.now().parts().getFirst().given().orElseThrow().ours())
                .isTrue();
    }

    @Test
    void whatSomebodyGaveAtTheTillIsNotGivenAgain() {
        till.gives(1, "made-at-the-till");

        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).isEmpty();
        Given given = returns.now().parts().getFirst().given().orElseThrow();
        assertThat(given.ours()).isFalse();
        assertThat(given.reference()).isEqualTo("made-at-the-till");
    }

    /** Of two mugs one lies on the counter, and the till has given 20.00 back: nobody but a person knows for which. */
    @Test
    void whatMayBeForOtherGoodsIsAQuestionBeforeOursIsGiven() {
        TestingCounterReturns two = ofTwoMugs(returned());
        till.gives(1, "made-at-the-till");

        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_UNCLEAR);
        assertThat(two.now().stage()).isEqualTo(Stage.TO_REFUND);
        assertThat(retail.vendor.effects()).isEmpty();

        retail.cases.decide(retail.cases.ofSubject(ID.value()).getFirst().id(), Action.RETRY);
        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());
        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).containsExactly("till-refund " + ID + "/1");
        assertThat(two.now().parts().getFirst().given().orElseThrow().ours()).isTrue();
    }

    @Test
    void whatAPersonSaysToBeOfTheseGoodsIsNotGivenAgain() {
        TestingCounterReturns two = ofTwoMugs(returned());
        till.gives(1, "made-at-the-till");
        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_UNCLEAR);

        retail.cases.decide(retail.cases.ofSubject(ID.value()).getFirst().id(), Action.ACCEPT_DIFFERENCE);
        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(two.now().parts().getFirst().given().orElseThrow().reference())
                .isEqualTo("made-at-the-till");
    }

    /** A worker that has claimed ours goes away before it has written down whose the till's refund is. */
    @Test
    void whatAPersonHasSaidHoldsAlsoWhereOursMayHaveBeenAskedFor() {
        TestingCounterReturns two = ofTwoMugs(returned());
        till.gives(1, "made-at-the-till");
        steps(two).refund(ID);
        decide("made-at-the-till", Action.ACCEPT_DIFFERENCE);
        Effects.Intent cutShort = Effects.Intent.of(SampleTillSales.id("S-1").account(), ID.value(), "till-refund", "1")
                .asking("the same")
                .foundBy(Optional::empty)
                .doneBy(key -> {
                    throw new IllegalStateException("it goes away");
                });
        assertThatThrownBy(() -> retail.effects.carryOut(cutShort, Optional.empty()))
                .isInstanceOf(RuntimeException.class);

        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(two.now().parts().getFirst().given().orElseThrow().reference())
                .isEqualTo("made-at-the-till");
    }

    @Test
    void whatTheTillItselfTellsMeanwhileIsNoQuestionAnyMore() {
        TestingCounterReturns two = ofTwoMugs(returned());
        till.gives(1, "made-at-the-till");
        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_UNCLEAR);

        two.given(ID, 1, new Given("made-at-the-till", false, "till", clock.instant()));
        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(retail.cases.open()).isEmpty();
    }

    /** Both mugs lie on counters, and the other's money was given at the till. */
    @Test
    void whatIsAnotherReturnsIsNotTakenForItsOwn() {
        TestingCounterReturns two = ofTwoMugs(returned(), otherThatHas("made-at-the-till"));
        till.gives(1, "made-at-the-till");

        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).containsExactly("till-refund " + ID + "/1");
        assertThat(two.now().parts().getFirst().given().orElseThrow().ours()).isTrue();
    }

    /** The till has given 20.00 for each of both mugs. */
    @Test
    void whatIsAnotherReturnsLeavesTheNextRefundOfTheTillToIt() {
        TestingCounterReturns two = ofTwoMugs(returned(), otherThatHas("made-at-the-till"));
        till.gives(1, "made-at-the-till", "made-after-that");

        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(two.now().parts().getFirst().given().orElseThrow().reference())
                .isEqualTo("made-after-that");
    }

    /** An attempt that was thought dead looks for what the till has given, as its successor does. */
    @Test
    void ofTwoAttemptsAtOnceOneLooksForWhatTheTillHasGiven() {
        till.gives(1, "made-at-the-till");
        AtomicInteger searches = new AtomicInteger();
        till.searched = () -> {
            if (searches.incrementAndGet() == 1) {
                assertThatThrownBy(() -> steps.refund(ID)).isInstanceOf(RuntimeException.class);
                assertThat(searches).as("its successor has not looked").hasValue(1);
            }
        };

        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());

        assertThat(searches).hasValue(1);
        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(returns.now().parts().getFirst().given().orElseThrow().ours())
                .isFalse();
    }

    /** Of two mugs one lies on the counter. Two cards have paid, and the till has given something back to each. */
    @Test
    void eachPartIsAQuestionOfItsOwn() {
        TestingCounterReturns two = ofTwoMugs(paidByTwoCards());
        till.gives(1, "made-to-the-first");
        till.gives(2, "made-to-the-second");

        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_UNCLEAR);
        decide("made-to-the-first", Action.RETRY);
        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_UNCLEAR);
        assertThat(retail.vendor.effects()).containsExactly("till-refund " + ID + "/1");

        decide("made-to-the-second", Action.ACCEPT_DIFFERENCE);
        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());
        assertThat(retail.vendor.effects()).containsExactly("till-refund " + ID + "/1");
        assertThat(two.now().parts())
                .extracting(part -> part.given().orElseThrow().ours())
                .containsExactly(true, false);
    }

    @Test
    void whatIsAcceptedOfOnePartIsNotOfAnother() {
        TestingCounterReturns two = ofTwoMugs(paidByTwoCards());
        till.gives(1, "made-to-the-first");
        till.gives(2, "made-to-the-second");
        steps(two).refund(ID);
        decide("made-to-the-first", Action.ACCEPT_DIFFERENCE);
        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_UNCLEAR);

        decide("made-to-the-second", Action.RETRY);
        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).containsExactly("till-refund " + ID + "/2");
        assertThat(two.now().parts())
                .extracting(part -> part.given().orElseThrow().ours())
                .containsExactly(false, true);
    }

    @Test
    void anAnswerAboutOneRefundIsNoneAboutAnother() {
        TestingCounterReturns two = ofTwoMugs(returned());
        till.gives(1, "made-at-the-till", "made-after-that");
        steps(two).refund(ID);
        decide("made-at-the-till", Action.RETRY);
        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_UNCLEAR);

        decide("made-after-that", Action.ACCEPT_DIFFERENCE);
        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(two.now().parts().getFirst().given().orElseThrow().reference())
                .isEqualTo("made-after-that");
    }

    /** The other mug comes back before ours got through: what was said about the till's refund still holds. */
    @Test
    void whatIsForOtherGoodsStaysSoWhenTheseHaveComeBack() {
        TestingCounterReturns two = ofTwoMugs(returned());
        till.gives(1, "made-at-the-till");
        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_UNCLEAR);
        decide("made-at-the-till", Action.RETRY);

        TestingCounterReturns both = ofTwoMugs(returned(), otherThatHas("given-for-the-other"));
        assertThat(steps(both).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).containsExactly("till-refund " + ID + "/1");
        assertThat(both.now().parts().getFirst().given().orElseThrow().ours()).isTrue();
        assertThat(both.forOthers()).as("for when the till tells of its goods").containsExactly("made-at-the-till");
    }

    /** Of two refunds of the till one was said to be of the mug on the counter, and then the other mug comes back. */
    @Test
    void whatIsOfTheseGoodsStaysSoWhenTheOthersHaveComeBack() {
        TestingCounterReturns two = ofTwoMugs(returned());
        till.gives(1, "made-at-the-till", "made-after-that");
        steps(two).refund(ID);
        decide("made-at-the-till", Action.RETRY);
        steps(two).refund(ID);
        decide("made-after-that", Action.ACCEPT_DIFFERENCE);

        TestingCounterReturns both = ofTwoMugs(returned(), otherThatHas("given-for-the-other"));
        assertThat(steps(both).refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.vendor.effects()).isEmpty();
        assertThat(both.now().parts().getFirst().given().orElseThrow().reference())
                .isEqualTo("made-after-that");
    }

    /** The one that was asked about has failed at the till, and somebody has made another, before the answer is acted upon. */
    @Test
    void anAnswerAboutARefundThatIsGoneAsksAboutItsSuccessor() {
        TestingCounterReturns two = ofTwoMugs(returned());
        till.gives(1, "made-at-the-till");
        steps(two).refund(ID);
        decide("made-at-the-till", Action.ACCEPT_DIFFERENCE);
        till.gives(1, "made-after-that");

        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_UNCLEAR);
        assertThat(retail.cases.open())
                .singleElement()
                .satisfies(open -> assertThat(open.detail()).contains("made-after-that"));
        assertThat(retail.vendor.effects()).isEmpty();
    }

    /** What the second card can be given is not paid out because the first has expired. */
    @Test
    void onlyWhatWasRefusedIsPaidOut() {
        CounterReturn both = paidByTwoCards();
        TestingCounterReturns two = new TestingCounterReturns(
                both, returns.history(both.sale().orElseThrow()).orElseThrow());
        retail.vendor.refuses("till-refund", FailureCode.REFUND_REFUSED, "the card has expired");
        assertThat(steps(two).refund(ID).code()).isEqualTo(FailureCode.REFUND_REFUSED);
        decide("expired", Action.ACCEPT_DIFFERENCE);

        assertThat(steps(two).refund(ID)).isEqualTo(StepResult.done());

        assertThat(two.now().parts()).extracting(CounterReturn.Part::way).containsExactly(Way.COUNTER, Way.SYSTEM);
        assertThat(retail.vendor.effects()).containsExactly("till-refund " + ID + "/2");
    }

    private void decide(String about, Action action) {
        retail.cases.decide(
                retail.cases.ofSubject(ID.value()).stream()
                        .filter(one -> one.detail().contains(about))
                        .findFirst()
                        .orElseThrow()
                        .id(),
                action);
    }

    private CounterReturn otherThatHas(String refund) {
        return returned(
                CounterReturnId.of("tests", "2"),
                List.of(new CounterReturn.Part(
                        1,
                        "1",
                        "square_card",
                        TWENTY,
                        Way.SYSTEM,
                        Optional.of(new Given(refund, false, "the till", clock.instant())),
                        true)));
    }

    private static CounterReturn paidByTwoCards() {
        return returned(List.of(
                new CounterReturn.Part(1, "1", "square_card", TWENTY, Way.SYSTEM, Optional.empty(), false),
                new CounterReturn.Part(2, "2", "square_card", TWENTY, Way.SYSTEM, Optional.empty(), false)));
    }

    /** The first of those that are back is the one that is followed. */
    private static TestingCounterReturns ofTwoMugs(CounterReturn... back) {
        return new TestingCounterReturns(
                back[0],
                new SaleHistory(
                        SampleSales.mugs("S-1", 1, Sku.of("NW-MUG-RED"), 2, SampleSales.NOON),
                        Optional.of(SampleTillSales.id("S-1").key()),
                        List.of(back),
                        List.of()));
    }

    @Test
    void whatWentBackTwiceIsACase() {
        till.meanwhile = () -> returns.given(ID, 1, new Given("made-at-the-till", false, "the till", clock.instant()));

        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());

        assertThat(retail.cases.ofSubject(ID.value()))
                .singleElement()
                .satisfies(open -> assertThat(open.code()).isEqualTo(FailureCode.REFUNDED_TWICE));
    }

    @Test
    void whatTheTillsSystemRefusesIsPaidOutOnceSomebodySaysSo() {
        retail.vendor.refuses("till-refund", FailureCode.REFUND_REFUSED, "the card has expired");
        assertThat(steps.refund(ID).code()).isEqualTo(FailureCode.REFUND_REFUSED);
        retail.cases.decide(retail.cases.ofSubject(ID.value()).getFirst().id(), Action.ACCEPT_DIFFERENCE);

        assertThat(steps.refund(ID)).isEqualTo(StepResult.done());

        assertThat(returns.now().stage()).isEqualTo(Stage.TO_PAY_OUT);
        assertThat(returns.now().parts().getFirst().gateway()).isEqualTo("cash");
    }

    @Test
    void whatFailedAtTheTillsSystemIsPaidOutOnceSomebodySaysSo() {
        steps.refund(ID);
        till.standing = TillRefunds.Standing.FAILED;
        assertThat(steps.confirm(ID).code()).isEqualTo(FailureCode.REFUND_MISSING);
        retail.cases.decide(retail.cases.ofSubject(ID.value()).getFirst().id(), Action.ACCEPT_DIFFERENCE);

        assertThat(steps.confirm(ID)).isEqualTo(StepResult.done());

        assertThat(returns.now().stage()).isEqualTo(Stage.TO_PAY_OUT);
    }

    @Test
    void onlyWhatHasFailedIsPaidOutWhateverBecomesOfTheOtherPart() {
        CounterReturn two = paidByTwoCards();
        TestingCounterReturns both = new TestingCounterReturns(
                two, returns.history(two.sale().orElseThrow()).orElseThrow());
        CounterReturnStepsImpl ofBoth = steps(both);
        ofBoth.refund(ID);
        till.failed = Optional.of(1);
        till.standing = TillRefunds.Standing.PENDING;
        assertThat(ofBoth.confirm(ID).code()).isEqualTo(FailureCode.REFUND_MISSING);
        retail.cases.decide(retail.cases.ofSubject(ID.value()).getFirst().id(), Action.ACCEPT_DIFFERENCE);

        assertThat(ofBoth.confirm(ID)).isEqualTo(StepResult.done());
        assertThat(both.now().parts()).extracting(CounterReturn.Part::way).containsExactly(Way.COUNTER, Way.SYSTEM);
        assertThat(ofBoth.confirm(ID)).isEqualTo(StepResult.waiting());
        till.standing = TillRefunds.Standing.THROUGH;
        assertThat(ofBoth.confirm(ID)).isEqualTo(StepResult.done());
        assertThat(both.now().stage()).isEqualTo(Stage.TO_PAY_OUT);
    }

    @Test
    void aPayoutThatNobodyReportsIsBorneBySomebody() {
        returns.payOutInstead(ID, 1, "cash");
        assertThat(steps.reviewPayout(ID).code()).isEqualTo(FailureCode.PAYOUT_UNREPORTED);
        retail.cases.decide(retail.cases.ofSubject(ID.value()).getFirst().id(), Action.ACCEPT_DIFFERENCE);

        assertThat(steps.reviewPayout(ID)).isEqualTo(StepResult.done());

        assertThat(returns.now().stage()).isEqualTo(Stage.SETTLED);
        assertThat(returns.now().parts().getFirst().given().orElseThrow().reference())
                .isEqualTo("unreported");
    }

    private static CounterReturn returned() {
        return returned(
                List.of(new CounterReturn.Part(1, "1", "square_card", TWENTY, Way.SYSTEM, Optional.empty(), false)));
    }

    private static CounterReturn returned(List<CounterReturn.Part> parts) {
        return returned(ID, parts);
    }

    private static CounterReturn returned(CounterReturnId id, List<CounterReturn.Part> parts) {
        return new CounterReturn(
                id,
                new Origin.OfSale(new SaleName(SampleSales.STORE, "S-1")),
                SampleSales.STORE,
                "returns-test",
                RefundTo.ORIGINAL,
                "clerk",
                SampleSales.NOON,
                List.of(SampleCounterReturns.line(1)),
                SampleCounterReturns.refund(TWENTY, new Refund.ToTender("1", "square_card", MoneyBag.of(TWENTY))),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                parts,
                Optional.empty());
    }

    /** A till's system that does as it is told. */
    private static final class TestingTill implements TillRefunds {
        private final TestingVendor vendor;
        private final Map<Integer, List<String>> elsewhere = new TreeMap<>();
        private Standing standing = Standing.THROUGH;
        private Optional<Integer> failed = Optional.empty();
        private Runnable meanwhile = () -> {};
        private Runnable searched = () -> {};

        TestingTill(TestingVendor vendor) {
            this.vendor = vendor;
        }

        void gives(int tender, String... refunds) {
            elsewhere.put(tender, List.of(refunds));
        }

        @Override
        public Optional<Receipt> findRefund(Claim claim) {
            return vendor.find("till-refund", claim.reference());
        }

        @Override
        public Reply refund(Claim claim, String vendorKey) {
            meanwhile.run();
            return vendor.change("till-refund", claim.reference(), vendorKey);
        }

        @Override
        public List<String> madeElsewhere(Claim claim, Instant since) {
            searched.run();
            return elsewhere.getOrDefault(claim.tender(), List.of());
        }

        @Override
        public Standing standing(Claim claim, String refund) {
            return failed.filter(tender -> tender == claim.tender()).isPresent() ? Standing.FAILED : standing;
        }
    }
}
