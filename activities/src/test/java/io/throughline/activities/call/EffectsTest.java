package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.account.TestingGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.effect.TestingEffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
    private final SampleAccounts accounts = new SampleAccounts();
    private final TestingEffectLedger ledger = new TestingEffectLedger(clock);
    private final Effects effects = new Effects(ledger, accounts, clock, Checkpoints.none());
    private final List<String> calls = new ArrayList<>();
    private Optional<Receipt> probed = Optional.empty();
    private int probes;

    @Test
    void whatWasDoneIsNotDoneAgain() {
        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));

        assertThat(calls).hasSize(1);
        assertThat(probes).isZero();
    }

    @Test
    void nothingIsBegunOfAPausedSystemAndItsAttemptsLeaveNothingBehind() {
        SystemGate closed = new TestingGate().pause(SampleAccounts.SHOP);
        Effects paused = new Effects(ledger, accounts, clock, Checkpoints.none(), closed, Erp.LONGEST_CHANGE);

        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> paused.carryOut(intent("two tees", this::done), Optional.empty()))
                .extracting(SystemFailure::code)
                .isEqualTo(FailureCode.SYSTEM_PAUSED);

        assertThat(calls).isEmpty();
        assertThat(ledger.find(key()))
                .as("nobody has claimed it")
                .map(EffectLedger.Effect::attempts)
                .contains(0);
        assertThat(carryOut(this::done)).as("resumed").isEqualTo(Reply.done("F-1"));
        assertThat(probes).isZero();
    }

    @Test
    void aLostReplyIsFoundByProbing() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, key -> {
            calls.add(key);
            probed = Optional.of(Receipt.of("F-1"));
            throw SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, "timed out", null);
        });

        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
        assertThat(calls).as("no second call").hasSize(1);
        assertThat(probes).isOne();
    }

    @Test
    void whenTheProbeFindsNothingTheSameKeyIsUsedWhileTheVendorRemembersIt() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);
        clock.advance(Duration.ofHours(11));

        carryOut(this::done);

        assertThat(calls).hasSize(2);
        assertThat(calls.getFirst()).isEqualTo(calls.getLast());
    }

    @Test
    void whenTheVendorHasForgottenTheKeyAProbeIsFollowedByANewOne() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);
        clock.advance(Duration.ofHours(13));

        carryOut(this::done);

        assertThat(calls).hasSize(2).doesNotHaveDuplicates();
        assertThat(probes).isOne();
    }

    @Test
    void whatCertainlyHadNoEffectIsRepeatedWithoutAProbe() {
        assertFails(FailureCode.SYSTEM_UNREACHABLE, this::isDown);

        carryOut(this::done);

        assertThat(calls).hasSize(2);
        assertThat(probes).isZero();
    }

    @Test
    void aProbeThatFailsIsNoLeaveToCallAgain() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);
        Effects.Intent unprobed = Effects.Intent.of(SampleAccounts.SHOP, "O-1", "release", "once")
                .asking("two tees")
                .foundBy(() -> {
                    throw SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "down", null);
                })
                .doneBy(this::done);

        assertThatThrownBy(() -> effects.carryOut(unprobed, Optional.empty())).isInstanceOf(SystemFailure.class);
        assertThat(calls).hasSize(1);
        assertThat(carryOut(this::done)).isInstanceOf(Reply.Done.class);
        assertThat(probes).as("it is still not known, and probed again").isOne();
    }

    @Test
    void aRefusalStandsUntilSomebodyDecidesToTryAgain() {
        Reply refused = Reply.refused(FailureCode.FACILITY_REFUSED, "closed today");
        assertThat(carryOut(key -> refused)).isEqualTo(refused);
        assertThat(carryOut(this::done)).isEqualTo(refused);
        assertThat(calls).isEmpty();

        assertThat(effects.carryOut(intent("two tees", this::done), decided(Action.RETRY)))
                .isEqualTo(Reply.done("F-1"));
    }

    @Test
    void whatWasRefusedMayBeAskedForOtherwiseWhenItIsTriedAgain() {
        carryOut(key -> Reply.refused(FailureCode.ERP_REJECTED, "no such product"));

        assertThat(effects.carryOut(intent("three tees", this::done), decided(Action.RETRY)))
                .isEqualTo(Reply.done("F-1"));
    }

    @Test
    void whatWasDoneIsNeverAskedForOtherwise() {
        carryOut(this::done);

        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> effects.carryOut(intent("three tees", this::done), Optional.empty()))
                .extracting(SystemFailure::code)
                .isEqualTo(FailureCode.INTERNAL_ERROR);
    }

    @Test
    void whatCertainlyDidNothingMayBeAskedForOtherwiseUnderAnotherKey() {
        assertFails(FailureCode.SYSTEM_UNREACHABLE, this::isDown);

        assertThat(effects.carryOut(intent("three tees", this::done), Optional.empty()))
                .isEqualTo(Reply.done("F-1"));
        assertThat(calls)
                .as("a vendor refuses a key that it knows with another request")
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(probes).isZero();
        assertThat(ledger.requestOf(key())).isEqualTo("three tees");
    }

    @Test
    void whatMayHaveHappenedIsAskedForOtherwiseOnlyWhenItIsNotFound() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);

        assertThat(effects.carryOut(intent("three tees", this::done), Optional.empty()))
                .isEqualTo(Reply.done("F-1"));
        assertThat(probes).isOne();
        assertThat(calls).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void whatIsFoundStaysAsItWasToldWhateverIsAskedForNow() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);
        probed = Optional.of(Receipt.of("F-1"));

        for (int again = 0; again < 2; again++) {
            assertThat(effects.carryOut(intent("three tees", this::done), Optional.empty()))
                    .isEqualTo(Reply.done("F-1"));
        }
        assertThat(calls).hasSize(1);
    }

    @Test
    void whoAsksForSomethingElseMeanwhileWaitsTooAndIsToldOfARefusal() {
        hold();
        assertFails("three tees", FailureCode.EFFECT_IN_FLIGHT, this::done);

        clock.advance(LEASE);
        Reply refused = Reply.refused(FailureCode.FACILITY_REFUSED, "closed today");
        carryOut(key -> refused);
        assertThat(effects.carryOut(intent("three tees", this::done), Optional.empty()))
                .isEqualTo(refused);
        assertThat(calls).isEmpty();
    }

    @Test
    void nobodyActsWhileAnotherHoldsTheLease() {
        EffectLedger.Claim.Held held = hold();

        assertFails(FailureCode.EFFECT_IN_FLIGHT, this::done);
        assertThat(calls).isEmpty();
        assertThat(ledger.succeed(key(), held.token(), Receipt.of("F-9"))).isTrue();
        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-9"));
    }

    @Test
    void whoeverComesAfterAnExpiredLeaseProbesFirst() {
        hold();
        clock.advance(LEASE);
        probed = Optional.of(Receipt.of("F-7"));

        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-7"));
        assertThat(calls).isEmpty();
    }

    @Test
    void anAttemptThatWakesUpLateHasNothingToSayAnyMore() {
        assertFails(FailureCode.EFFECT_IN_FLIGHT, key -> {
            calls.add(key);
            clock.advance(LEASE.plusSeconds(1));
            probed = Optional.of(Receipt.of("F-1"));
            assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
            return Reply.refused(FailureCode.FACILITY_REFUSED, "told too late");
        });

        assertThat(ledger.find(key())).hasValueSatisfying(effect -> {
            assertThat(effect.state()).isEqualTo(EffectLedger.State.SUCCEEDED);
            assertThat(effect.attempts()).isEqualTo(2);
        });
        assertThat(calls).hasSize(1);
    }

    @Test
    void aLateFailureDoesNotDisturbTheSuccessor() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, key -> {
            clock.advance(LEASE.plusSeconds(1));
            probed = Optional.of(Receipt.of("F-1"));
            carryOut(this::done);
            throw SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, "timed out", null);
        });

        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
        assertThat(calls).isEmpty();
    }

    @Test
    void aFaultOfOurOwnDuringACallLeavesItsOutcomeUnknown() {
        assertFails(FailureCode.INTERNAL_ERROR, key -> {
            throw new IllegalStateException("a bug after the reply had come");
        });
        probed = Optional.of(Receipt.of("F-1"));

        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
        assertThat(calls).isEmpty();
    }

    @Test
    void anAccountThatIsNotLiveIsNotCalled() {
        for (EffectMode mode : List.of(EffectMode.SHADOW, EffectMode.OFF)) {
            accounts.mode(SampleAccounts.SHOP, mode);
            Effects.Intent intent = Effects.Intent.of(SampleAccounts.SHOP, "O-" + mode, "release", "once")
                    .asking("two tees")
                    .foundBy(this::probe)
                    .doneBy(this::done);

            assertThat(effects.carryOut(intent, Optional.empty()))
                    .isEqualTo(Reply.done(new Receipt("not-sent", Map.of("mode", mode.name()))));
        }
        assertThat(calls).isEmpty();
        assertThat(probes).isZero();
    }

    @Test
    void whatMayHaveHappenedIsLookedForAlsoWhenItsAccountIsNotLiveAnyMore() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);
        probed = Optional.of(Receipt.of("F-1"));
        accounts.mode(SampleAccounts.SHOP, EffectMode.SHADOW);

        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
        assertThat(ledger.find(key()).orElseThrow().state()).isEqualTo(EffectLedger.State.SUCCEEDED);
        assertThat(calls).hasSize(1);
    }

    @Test
    void whatIsNotFoundIsNotSentAnyMoreWhenItsAccountIsNotLive() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);
        accounts.mode(SampleAccounts.SHOP, EffectMode.OFF);

        assertThat(carryOut(this::done)).isEqualTo(Reply.done(Receipt.notSent(EffectMode.OFF)));
        assertThat(probes).isOne();
        assertThat(calls).hasSize(1);
    }

    @Test
    void whatCanNotBeLookedForStaysUnknownThoughItsAccountIsNotLive() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);
        accounts.mode(SampleAccounts.SHOP, EffectMode.SHADOW);
        Effects.Intent unprobed = Effects.Intent.of(SampleAccounts.SHOP, "O-1", "release", "once")
                .asking("two tees")
                .foundBy(() -> {
                    throw SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "down", null);
                })
                .doneBy(this::done);

        assertThatThrownBy(() -> effects.carryOut(unprobed, Optional.empty())).isInstanceOf(SystemFailure.class);
        assertThat(ledger.find(key()).orElseThrow().state()).isEqualTo(EffectLedger.State.UNKNOWN);
    }

    @Test
    void oneAccountBeingInShadowLeavesTheOthersAlone() {
        accounts.mode(SampleAccounts.ERP, EffectMode.SHADOW);

        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
    }

    @Test
    void onePurposeIsOneEffectWhoeverAsks() {
        EffectKey first = ledger.intend(SampleAccounts.SHOP, "O-1", "refund", "return R-1");

        assertThat(ledger.intend(SampleAccounts.SHOP, "O-1", "refund", "return R-1"))
                .isEqualTo(first);
        assertThat(ledger.intend(SampleAccounts.SHOP, "O-1", "refund", "return R-2")
                        .intent())
                .isEqualTo(first.intent() + 1);
    }

    @Test
    void twoAttemptsAtOnceCallOnce() throws Exception {
        CountDownLatch inCall = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> first = two.submit(() -> carryOut(key -> {
                calls.add(key);
                inCall.countDown();
                await(letGo);
                return Reply.done("F-1");
            }));
            inCall.await();
            Future<Reply> second = two.submit(() -> carryOut(this::done));

            assertThatThrownBy(second::get).hasCauseInstanceOf(SystemFailure.class);
            letGo.countDown();
            assertThat(first.get()).isEqualTo(Reply.done("F-1"));
        }
        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
        assertThat(calls).hasSize(1);
    }

    @Test
    void theNamedPointsAreReachedInTheirOrder() {
        List<String> points = new ArrayList<>();
        Effects watched = new Effects(
                ledger,
                accounts,
                clock,
                (point, system, operation) -> points.add(point + " " + system + " " + operation));

        watched.carryOut(intent("two tees", this::done), Optional.empty());

        assertThat(points)
                .containsExactly(
                        "BEFORE_CALL SHOPIFY release",
                        "AFTER_EFFECT_BEFORE_COMMIT SHOPIFY release",
                        "AFTER_COMMIT SHOPIFY release");
    }

    @Test
    void anAttemptThatWasStoppedBeyondItsLeaseCallsNobody() {
        Effects stopped = new Effects(ledger, accounts, clock, (point, system, operation) -> {
            if (point == Checkpoints.Point.BEFORE_CALL) {
                clock.advance(LEASE);
            }
        });

        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> stopped.carryOut(intent("two tees", this::done), Optional.empty()))
                .extracting(SystemFailure::code)
                .isEqualTo(FailureCode.EFFECT_IN_FLIGHT);
        assertThat(calls).isEmpty();

        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
        assertThat(calls).hasSize(1);
    }

    @Test
    void allCallsOfAnAttemptEndBeforeItsLeaseDoes() {
        List<Duration> left = new ArrayList<>();
        Effects slow = new Effects(ledger, accounts, clock, (point, system, operation) -> {
            if (point == Checkpoints.Point.BEFORE_CALL) {
                clock.advance(Duration.ofSeconds(9));
            }
        });

        slow.carryOut(
                intent("two tees", key -> {
                    left.add(CallSeries.timeFor(LEASE));
                    return done(key);
                }),
                Optional.empty());

        assertThat(left).singleElement(as(DURATION)).isPositive().isLessThanOrEqualTo(LEASE.minusSeconds(9));
    }

    @Test
    void allSearchesOfAnAttemptLeaveTimeForItsCall() {
        assertFails(FailureCode.OUTCOME_UNKNOWN, this::timesOut);
        List<Duration> left = new ArrayList<>();

        effects.carryOut(
                Effects.Intent.of(SampleAccounts.SHOP, "O-1", "release", "once")
                        .asking("two tees")
                        .foundBy(() -> {
                            left.add(CallSeries.timeFor(LEASE));
                            return Optional.empty();
                        })
                        .doneBy(this::done),
                Optional.empty());

        assertThat(left).singleElement(as(DURATION)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    /** The second of two calls fails without an effect, and the first one has had its. */
    @Test
    void whatFailsAfterAChangeIsLookedFor() {
        assertFails(FailureCode.RATE_LIMITED, key -> {
            CallSeries.changed();
            throw SystemFailure.rateLimited("come back later", Duration.ofSeconds(1));
        });

        carryOut(this::done);

        assertThat(probes).isOne();
    }

    @Test
    void anEffectInTheErpIsHeldForAProbeAndTheLongestChange() {
        Duration longest = Duration.ofSeconds(40);
        Effects.Intent intent = Effects.Intent.of(SampleAccounts.ERP, "O-1", "invoice", "once")
                .asking("two tees")
                .foundBy(this::probe)
                .doneBy(this::done);
        Effects dying = new Effects(
                ledger,
                accounts,
                clock,
                (point, system, operation) -> {
                    throw new Died();
                },
                SystemGate.open(),
                longest);
        assertThatExceptionOfType(Died.class).isThrownBy(() -> dying.carryOut(intent, Optional.empty()));

        clock.advance(longest.plus(Erp.LONGEST_PROBE));
        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> effects.carryOut(intent, Optional.empty()))
                .extracting(SystemFailure::code)
                .isEqualTo(FailureCode.EFFECT_IN_FLIGHT);

        clock.advance(Duration.ofSeconds(5));
        assertThat(effects.carryOut(intent, Optional.empty())).isEqualTo(Reply.done("F-1"));
        assertThat(calls).hasSize(1);
    }

    private Reply done(String vendorKey) {
        calls.add(vendorKey);
        return Reply.done("F-1");
    }

    private Reply isDown(String vendorKey) {
        calls.add(vendorKey);
        throw SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "refused", null);
    }

    private Reply timesOut(String vendorKey) {
        calls.add(vendorKey);
        throw SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, "timed out", null);
    }

    private Optional<Receipt> probe() {
        probes++;
        return probed;
    }

    private Reply carryOut(Function<String, Reply> call) {
        return effects.carryOut(intent("two tees", call), Optional.empty());
    }

    private void assertFails(FailureCode code, Function<String, Reply> call) {
        assertFails("two tees", code, call);
    }

    private void assertFails(String request, FailureCode code, Function<String, Reply> call) {
        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> effects.carryOut(intent(request, call), Optional.empty()))
                .extracting(SystemFailure::code)
                .isEqualTo(code);
    }

    private Effects.Intent intent(String request, Function<String, Reply> call) {
        return Effects.Intent.of(SampleAccounts.SHOP, "O-1", "release", "once")
                .asking(request)
                .foundBy(this::probe)
                .doneBy(call);
    }

    private EffectKey key() {
        return ledger.intend(SampleAccounts.SHOP, "O-1", "release", "once");
    }

    /** Another worker holds the lease, with the same request. */
    private EffectLedger.Claim.Held hold() {
        List<EffectLedger.Claim.Held> held = new ArrayList<>();
        EffectLedger watching = ledger;
        Effects other = new Effects(ledger, accounts, clock, (point, system, operation) -> {
            throw new Died();
        });
        try {
            other.carryOut(intent("two tees", this::done), Optional.empty());
        } catch (Died expected) {
            held.add(new EffectLedger.Claim.Held(1, 1, false, Optional.empty()));
        }
        assertThat(watching.find(key())).map(EffectLedger.Effect::state).contains(EffectLedger.State.LEASED);
        assertThat(watching.find(key())).map(EffectLedger.Effect::system).contains(OutsideSystem.SHOPIFY);
        return held.getFirst();
    }

    private static Optional<Decision> decided(Action action) {
        return Optional.of(new Decision(action, "ada", true, Optional.empty(), Map.of(), Instant.EPOCH));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** What a killed process leaves behind: nothing but the lease. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
