package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Accounts that are not live. */
class EffectModesTest extends EffectsFixture {
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
}
