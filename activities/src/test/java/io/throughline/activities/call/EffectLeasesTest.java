package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.Erp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who may act, for how long, and what of those who are late. */
class EffectLeasesTest extends EffectsFixture {
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
