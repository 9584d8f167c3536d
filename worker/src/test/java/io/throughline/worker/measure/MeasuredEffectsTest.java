package io.throughline.worker.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectLedger.Claim;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.TestingEffectLedger;
import io.throughline.domain.failure.FailureCode;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasuredEffectsTest {
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EffectLedger effects = new MeasuredEffects(new TestingEffectLedger(Clock.systemUTC()), registry);

    @Test
    void anAttemptIsMeasuredOnceItIsSettled() {
        EffectKey key = effects.intend(SampleAccounts.ERP, "O-7K2M9Q4XTA", "invoice", "once");
        long token = claim(key);
        assertThat(underWay()).isEqualTo(1);

        effects.fail(key, token, FailureCode.SYSTEM_UNREACHABLE, "", true);
        assertThat(underWay()).isZero();
        assertThat(attempts("unknown", "SYSTEM_UNREACHABLE")).isEqualTo(1);

        effects.succeed(key, claim(key), Receipt.of("INV-1"));
        assertThat(attempts("done", "none")).isEqualTo(1);
    }

    @Test
    void whatIsSettledAlreadyIsNoAttempt() {
        EffectKey key = effects.intend(SampleAccounts.ERP, "O-7K2M9Q4XTA", "invoice", "once");
        effects.refuse(key, claim(key), FailureCode.ERP_REJECTED, "");

        assertThat(effects.claim(key, OutsideSystem.TRYTON, "", LEASE)).isInstanceOf(Claim.AlreadyRefused.class);
        assertThat(underWay()).isZero();
        assertThat(attempts("refused", "ERP_REJECTED")).isEqualTo(1);
    }

    private long claim(EffectKey key) {
        return ((Claim.Held) effects.claim(key, OutsideSystem.TRYTON, "", LEASE)).token();
    }

    private long attempts(String outcome, String code) {
        return registry.get("throughline.effect.attempts")
                .tags("system", "TRYTON", "operation", "invoice", "outcome", outcome, "code", code)
                .timer()
                .count();
    }

    private double underWay() {
        return registry.get("throughline.effect.attempts.under.way").gauge().value();
    }
}
