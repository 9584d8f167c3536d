package io.throughline.worker.measure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An effect ledger that measures: how long each attempt takes from its claim until it is settled, by system, operation and outcome, and
 * with which code it failed.
 */
public final class MeasuredEffects implements EffectLedger {
    private static final String NO_CODE = "none";
    private static final Duration[] BUCKETS = Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final EffectLedger ledger;
    private final MeterRegistry registry;
    private final Map<Long, Attempt> underWay = new ConcurrentHashMap<>();

    public MeasuredEffects(EffectLedger ledger, MeterRegistry registry) {
        this.ledger = ledger;
        this.registry = registry;
        registry.gaugeMapSize("throughline.effect.attempts.under.way", List.of(), underWay);
    }

    private record Attempt(OutsideSystem system, long began) {}

    @Override
    public EffectKey intend(AccountId account, String subject, String operation, String purpose) {
        return ledger.intend(account, subject, operation, purpose);
    }

    @Override
    public Claim claim(EffectKey key, OutsideSystem system, String request, Duration lease) {
        Claim claim = ledger.claim(key, system, request, lease);
        if (claim instanceof Claim.Held held) {
            underWay.put(held.token(), new Attempt(system, System.nanoTime()));
        }
        return claim;
    }

    @Override
    public boolean succeed(EffectKey key, long token, Receipt receipt) {
        measure(key, token, receipt.sent() ? "done" : "shadowed", NO_CODE);
        return ledger.succeed(key, token, receipt);
    }

    @Override
    public boolean refuse(EffectKey key, long token, FailureCode code, String detail) {
        measure(key, token, "refused", code.name());
        return ledger.refuse(key, token, code, detail);
    }

    @Override
    public void fail(EffectKey key, long token, FailureCode code, String detail, boolean unknown) {
        measure(key, token, unknown ? "unknown" : "failed", code.name());
        ledger.fail(key, token, code, detail, unknown);
    }

    /** Operations are words of ours, a few dozen at most. */
    private void measure(EffectKey key, long token, String outcome, String code) {
        Attempt attempt = underWay.remove(token);
        if (attempt == null) {
            return;
        }
        Timer.builder("throughline.effect.attempts")
                .description("Attempts to change an outside system, from the claim until they are settled")
                .tag("system", attempt.system().name())
                .tag("operation", key.operation())
                .tag("outcome", outcome)
                .tag("code", code)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(System.nanoTime() - attempt.began(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int nextGeneration(EffectKey key, long token) {
        return ledger.nextGeneration(key, token);
    }

    @Override
    public void reopen(EffectKey key) {
        ledger.reopen(key);
    }

    @Override
    public void giveUp(AccountId account, String subject, String operation, String purpose, String why) {
        ledger.giveUp(account, subject, operation, purpose, why);
    }

    @Override
    public List<Effect> unclear(AccountId account, String operation, int most) {
        return ledger.unclear(account, operation, most);
    }

    @Override
    public void clarified(EffectKey key, String outcome) {
        ledger.clarified(key, outcome);
    }

    @Override
    public Optional<Effect> find(EffectKey key) {
        return ledger.find(key);
    }

    @Override
    public List<Effect> ofSubject(String subject) {
        return ledger.ofSubject(subject);
    }
}
