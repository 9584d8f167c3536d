package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.effect.TestingEffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One effect, and a vendor whose calls are counted. */
abstract class EffectsFixture {
    static final Duration LEASE = Duration.ofSeconds(20);

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
    final SampleAccounts accounts = new SampleAccounts();
    final TestingEffectLedger ledger = new TestingEffectLedger(clock);
    final Effects effects = new Effects(ledger, accounts, clock, Checkpoints.none());
    final List<String> calls = new ArrayList<>();
    Optional<Receipt> probed = Optional.empty();
    int probes;

    Reply done(String vendorKey) {
        calls.add(vendorKey);
        return Reply.done("F-1");
    }

    Reply isDown(String vendorKey) {
        calls.add(vendorKey);
        throw SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "refused", null);
    }

    Reply timesOut(String vendorKey) {
        calls.add(vendorKey);
        throw SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, "timed out", null);
    }

    Optional<Receipt> probe() {
        probes++;
        return probed;
    }

    Reply carryOut(Function<String, Reply> call) {
        return effects.carryOut(intent("two tees", call), Optional.empty());
    }

    void assertFails(FailureCode code, Function<String, Reply> call) {
        assertFails("two tees", code, call);
    }

    void assertFails(String request, FailureCode code, Function<String, Reply> call) {
        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> effects.carryOut(intent(request, call), Optional.empty()))
                .extracting(SystemFailure::code)
                .isEqualTo(code);
    }

    Effects.Intent intent(String request, Function<String, Reply> call) {
        return Effects.Intent.of(SampleAccounts.SHOP, "O-1", "release", "once")
                .asking(request)
                .foundBy(this::probe)
                .doneBy(call);
    }

    EffectKey key() {
        return ledger.intend(SampleAccounts.SHOP, "O-1", "release", "once");
    }

    /** Another worker holds the lease, with the same request. */
    EffectLedger.Claim.Held hold() {
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

    static Optional<Decision> decided(Action action) {
        return Optional.of(new Decision(action, "ada", true, Optional.empty(), Map.of(), Instant.EPOCH));
    }

    /** What a killed process leaves behind: nothing but the lease. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
