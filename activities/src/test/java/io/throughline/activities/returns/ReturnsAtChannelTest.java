package io.throughline.activities.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.activities.call.Checkpoints;
import io.throughline.activities.call.Effects;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.effect.TestingEffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.ChannelReturn;
import io.throughline.domain.returns.ChannelReturn.Status;
import io.throughline.domain.returns.ChannelReturnId;
import io.throughline.domain.returns.ChannelReturns;
import io.throughline.domain.returns.Refusal;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.SamplePurchases;
import io.throughline.domain.returns.TestingReturns;
import io.throughline.domain.trace.TestingTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What customers ask to send back at the shop, and what its staff does with that. */
class ReturnsAtChannelTest {
    private final Order order = SampleOrders.twoLines("6500000000101").paid().build();
    private final SettableClock clock = new SettableClock(SamplePurchases.HANDED_OVER_AT.plus(Duration.ofDays(3)));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingReturns returns = new TestingReturns();
    private final ReturnPolicyBuilder policy = new ReturnPolicyBuilder();
    private final TestingReturnIntake intake = new TestingReturnIntake(returns, order, policy, clock);
    private final TestingEffectLedger ledger = new TestingEffectLedger(clock);
    private final TestingTrace trace = new TestingTrace(clock);
    private final Shop shop = new Shop();
    private final ReturnsAtChannel taking = new ReturnsAtChannel(
            shop,
            intake,
            intake.rule(),
            returns,
            cases,
            trace,
            new Effects(ledger, new SampleAccounts(), clock, Checkpoints.none()));
    private final ChannelReturnId id = new ChannelReturnId(order.key().account(), "9001");

    @Test
    void whatIsAskedForBecomesAReturnOnceHoweverOftenItIsTold() {
        shop.asks(Status.REQUESTED, "L1", 1);

        taking.takeIn(id);
        taking.takeIn(id);
        taking.takeIn(id);

        assertThat(ours().lines()).singleElement().satisfies(line -> {
            assertThat(line.lineId()).isEqualTo("L1");
            assertThat(line.authorised()).isEqualTo(1);
            assertThat(line.reason()).isEqualTo(ReturnReason.DOES_NOT_FIT);
        });
        assertThat(shop.answers).containsExactly("approve");
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatTheStaffHasOpenedNeedsNoAnswer() {
        shop.asks(Status.OPEN, "L1", 1);

        taking.takeIn(id);

        assertThat(ours().refused()).isEmpty();
        assertThat(shop.answers).isEmpty();
    }

    /** Two dispatchers, or a message and a decision, at the same moment. */
    @Test
    void twoAtOnceMakeOneReturnAndOneAnswer() throws Exception {
        shop.asks(Status.REQUESTED, "L1", 1);
        CountDownLatch together = new CountDownLatch(2);
        List<Future<?>> both = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int one = 0; one < 2; one++) {
                both.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    try {
                        taking.takeIn(id);
                    } catch (SystemFailure busy) {
                        assertThat(busy.code()).isEqualTo(FailureCode.EFFECT_IN_FLIGHT);
                    }
                    return true;
                }));
            }
        }
        for (Future<?> each : both) {
            each.get();
        }

        assertThat(returns.ofOrder(order.id())).hasSize(1);
        assertThat(shop.answers).containsExactly("approve");
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatThePolicyRefusesIsDeclinedWithItsReason() {
        clock.advance(Duration.ofDays(60));
        shop.asks(Status.REQUESTED, "L1", 1);

        taking.takeIn(id);
        taking.takeIn(id);

        assertThat(shop.answers).containsExactly("decline WINDOW_CLOSED");
        assertThat(trace.of(order.id().value()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.kind()).isEqualTo("return.declined"));
        assertThat(returns.ofOrder(order.id())).isEmpty();
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatTheStaffHasOpenedAgainstThePolicyIsAPersonsToSay() {
        clock.advance(Duration.ofDays(60));
        shop.asks(Status.OPEN, "L1", 1);

        taking.takeIn(id);

        assertThat(shop.answers).isEmpty();
        Case asked = asked("WINDOW_CLOSED");
        assertThat(taking.resolve(cases.decide(asked.id(), Action.ACCEPT_DIFFERENCE)))
                .isTrue();
        taking.takeIn(id);
        assertThat(cases.open()).as("it is not asked again").isEmpty();
        assertThat(returns.ofOrder(order.id())).isEmpty();
    }

    /** Of two lines one may come back: the shop can only say yes or no to both. */
    @Test
    void whatThePolicyAllowsInPartIsAPersonsToSay() {
        policy.notReturnable("never", order.line("L1").sku());
        shop.asks(
                Status.REQUESTED,
                new ChannelReturn.Units("L1", 1, ReturnReason.OTHER),
                new ChannelReturn.Units("L2", 1, ReturnReason.OTHER));

        taking.takeIn(id);

        assertThat(shop.answers).isEmpty();
        asked("NOT_RETURNABLE");
    }

    /** It may be our books that are behind. */
    @Test
    void whatTheShopAndWeSeeOtherwiseIsNotDeclined() {
        shop.asks(Status.REQUESTED, "L1", 99);

        taking.takeIn(id);

        assertThat(shop.answers).isEmpty();
        Case asked = asked("MORE_THAN_IS_LEFT");
        shop.asks(Status.REQUESTED, "L1", 1);
        assertThat(taking.resolve(cases.decide(asked.id(), Action.RETRY))).isTrue();
        assertThat(cases.open()).isEmpty();
        assertThat(ours().lines()).hasSize(1);
    }

    @Test
    void aRetryThatHelpsNothingAsksAgain() {
        shop.asks(Status.REQUESTED, "L1", 99);
        taking.takeIn(id);

        taking.resolve(cases.decide(asked("MORE").id(), Action.RETRY));

        asked("MORE_THAN_IS_LEFT");
    }

    @Test
    void whatComesToRightByItselfClosesItsCase() {
        shop.asks(Status.REQUESTED, "L1", 99);
        taking.takeIn(id);
        shop.asks(Status.REQUESTED, "L1", 1);

        taking.takeIn(id);

        assertThat(cases.open()).isEmpty();
    }

    @Test
    void anAnswerWhoseReplyIsLostIsLookedForAndNotGivenAgain() {
        shop.asks(Status.REQUESTED, "L1", 1);
        shop.losesReply = true;
        assertThatThrownBy(() -> taking.takeIn(id)).isInstanceOf(SystemFailure.class);
        clock.advance(Duration.ofMinutes(1));

        taking.takeIn(id);

        assertThat(shop.answers).containsExactly("approve");
        assertThat(returns.ofOrder(order.id())).hasSize(1);
        assertThat(states(ours().id().value())).containsExactly(EffectLedger.State.SUCCEEDED);
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void aDeclineWhoseReplyIsLostIsNotGivenAgainEither() {
        clock.advance(Duration.ofDays(60));
        shop.asks(Status.REQUESTED, "L1", 1);
        shop.losesReply = true;
        assertThatThrownBy(() -> taking.takeIn(id)).isInstanceOf(SystemFailure.class);
        clock.advance(Duration.ofMinutes(1));

        taking.takeIn(id);

        assertThat(shop.answers).containsExactly("decline WINDOW_CLOSED");
        assertThat(states(id.subject())).containsExactly(EffectLedger.State.SUCCEEDED);
        assertThat(cases.all()).isEmpty();
    }

    /** The staff says no in the admin while we say yes: theirs counts, for the customer was told it. */
    @Test
    void whatTheStaffDeclinesMeanwhileEndsWithUs() {
        shop.asks(Status.REQUESTED, "L1", 1);
        shop.meanwhile = Optional.of(Status.DECLINED);

        taking.takeIn(id);

        assertThat(ours().refused()).isPresent();
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatTheStaffApprovesMeanwhileGoesOn() {
        shop.asks(Status.REQUESTED, "L1", 1);
        shop.meanwhile = Optional.of(Status.OPEN);

        taking.takeIn(id);

        assertThat(ours().refused()).isEmpty();
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatIsCancelledThereBeforeAnythingCameEndsWithUs() {
        shop.asks(Status.OPEN, "L1", 1);
        taking.takeIn(id);
        shop.stands(Status.CANCELLED, false);

        taking.takeIn(id);
        taking.takeIn(id);

        assertThat(ours().refused()).isPresent();
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatIsCancelledThereOfWhichSomethingCameIsAPersonsToSay() {
        shop.asks(Status.OPEN, "L1", 1);
        taking.takeIn(id);
        hasCome();
        shop.stands(Status.CANCELLED, false);

        taking.takeIn(id);

        assertThat(ours().refused()).isEmpty();
        asked("goes on: its goods are RECEIVED");
    }

    @Test
    void whatIsClosedThereOnceAllCameIsNoQuestion() {
        shop.asks(Status.OPEN, "L1", 1);
        taking.takeIn(id);
        hasCome();
        shop.stands(Status.CLOSED, true);

        taking.takeIn(id);

        assertThat(ours().refused()).isEmpty();
        assertThat(cases.all()).isEmpty();
    }

    /** Its money was given there, which our return finds: ending it would leave that to nobody. */
    @Test
    void whatTheStaffHasProcessedAndClosedIsNotEnded() {
        shop.asks(Status.OPEN, "L1", 1);
        taking.takeIn(id);
        shop.stands(Status.CLOSED, true);

        taking.takeIn(id);

        assertThat(ours().refused()).isEmpty();
        asked("after its goods were processed");
    }

    @Test
    void whatNeverBecameOursEndsWithoutAWord() {
        shop.asks(Status.REQUESTED, "L1", 1);
        shop.stands(Status.CANCELLED, false);

        taking.takeIn(id);

        assertThat(returns.ofOrder(order.id())).isEmpty();
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatWasPaidBackBeforeWeHeardOfItIsNotPaidAgain() {
        shop.asks(Status.OPEN, "L1", 1);
        shop.stands(Status.OPEN, true);

        taking.takeIn(id);

        assertThat(returns.ofOrder(order.id())).isEmpty();
        asked("paid back before");
    }

    @Test
    void casesOfOthersAreLeftAlone() {
        Case other = cases.open(
                order.key().account(), order.id().value(), "order.capture", FailureCode.CAPTURE_DECLINED, "no");

        assertThat(taking.resolve(other)).isFalse();
    }

    private List<EffectLedger.State> states(String subject) {
        return ledger.ofSubject(subject).stream()
                .map(EffectLedger.Effect::state)
                .toList();
    }

    private void hasCome() {
        returns.receive(ours().id(), new Arrival(SampleFacilities.WH_EAST, List.of(new Arrival.Units("L1", 1)), false));
    }

    private Return ours() {
        ReturnId one =
                intake.authorised("throughline/channel-returns", id.subject()).orElseThrow();
        return returns.get(one);
    }

    private Case asked(String words) {
        assertThat(cases.open()).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(FailureCode.RETURN_NOT_TAKEN);
            assertThat(one.subject()).isEqualTo(order.id().value());
            assertThat(one.detail()).contains(words);
        });
        return cases.open().getFirst();
    }

    /** A shop with one return, which it lets be answered once. */
    private final class Shop implements ChannelReturns {
        private final List<String> answers = new ArrayList<>();
        private Optional<ChannelReturn> one = Optional.empty();
        private Optional<Status> meanwhile = Optional.empty();
        private boolean losesReply;

        void asks(Status status, String line, int quantity) {
            asks(status, new ChannelReturn.Units(line, quantity, ReturnReason.DOES_NOT_FIT));
        }

        void asks(Status status, ChannelReturn.Units... units) {
            one = Optional.of(
                    new ChannelReturn(id, order.key(), status, List.of(units), Optional.empty(), false, false));
        }

        synchronized void stands(Status status, boolean workedOn) {
            one = one.map(was ->
                    new ChannelReturn(id, was.order(), status, was.units(), was.untakeable(), workedOn, workedOn));
        }

        @Override
        public synchronized Optional<ChannelReturn> read(ChannelReturnId asked) {
            return one.filter(found -> found.id().equals(asked));
        }

        @Override
        public Reply approve(ChannelReturnId asked) {
            return answer("approve", Status.OPEN);
        }

        @Override
        public Reply decline(ChannelReturnId asked, Refusal reason, String words) {
            return answer("decline " + reason, Status.DECLINED);
        }

        private synchronized Reply answer(String words, Status status) {
            meanwhile.ifPresent(theirs -> stands(theirs, false));
            if (!one.orElseThrow().isRequested()) {
                return Reply.refused(FailureCode.CHANNEL_REFUSED, "INVALID_STATE");
            }
            answers.add(words);
            stands(status, false);
            if (losesReply) {
                losesReply = false;
                throw SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, "timed out", null);
            }
            return Reply.done(id.number());
        }
    }
}
