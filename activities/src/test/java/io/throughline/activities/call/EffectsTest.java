package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.account.TestingGate;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.intervention.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was done is not done again, whatever became of the reply. */
class EffectsTest extends EffectsFixture {
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
    void aFaultOfOurOwnDuringACallLeavesItsOutcomeUnknown() {
        assertFails(FailureCode.INTERNAL_ERROR, key -> {
            throw new IllegalStateException("a bug after the reply had come");
        });
        probed = Optional.of(Receipt.of("F-1"));

        assertThat(carryOut(this::done)).isEqualTo(Reply.done("F-1"));
        assertThat(calls).isEmpty();
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
}
