package io.throughline.domain.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The record of effects in memory, with leases and fencing tokens by the given clock. */
public final class TestingEffectLedger implements EffectLedger {
    private final Clock clock;
    private final Map<EffectKey, Row> rows = new LinkedHashMap<>();
    private final Map<String, EffectKey> intents = new LinkedHashMap<>();

    public TestingEffectLedger(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized EffectKey intend(AccountId account, String subject, String operation, String purpose) {
        return intents.computeIfAbsent(String.join("|", account.value(), subject, operation, purpose), unknown -> {
            int before = (int) rows.keySet().stream()
                    .filter(key ->
                            key.subject().equals(subject) && key.operation().equals(operation))
                    .count();
            EffectKey key = new EffectKey(account, subject, operation, before + 1);
            rows.put(key, new Row(clock.instant()));
            return key;
        });
    }

    @Override
    public synchronized Claim claim(EffectKey key, OutsideSystem system, String request, Duration lease) {
        Row row = row(key);
        row.system = system;
        boolean otherwise =
                row.request.filter(before -> !before.equals(request)).isPresent();
        if (row.state == State.SUCCEEDED || row.state == State.SHADOWED) {
            if (otherwise) {
                throw SystemFailure.withoutEffect(
                        FailureCode.INTERNAL_ERROR, key + " was carried out for another request", null);
            }
            return new Claim.Settled(row.receipt.orElseThrow());
        }
        if (row.state == State.REFUSED) {
            return new Claim.AlreadyRefused(row.code.orElseThrow(), row.detail.orElseThrow());
        }
        if (row.state == State.LEASED && row.leasedUntil.isAfter(clock.instant())) {
            return new Claim.InFlight(row.leasedUntil);
        }
        if (row.state == State.LEASED) {
            row.mustProbe = true;
            row.firstFailedAt = Optional.of(row.firstFailedAt.orElse(row.changedAt));
        }
        if (otherwise) {
            row.generation++;
            row.firstFailedAt = Optional.empty();
        }
        row.request = Optional.of(request);
        row.state = State.LEASED;
        row.leasedUntil = clock.instant().plus(lease);
        row.attempts++;
        row.token++;
        row.changedAt = clock.instant();
        return new Claim.Held(row.token, row.generation, row.mustProbe, row.firstFailedAt);
    }

    @Override
    public synchronized boolean succeed(EffectKey key, long token, Receipt receipt) {
        State state = receipt.sent() ? State.SUCCEEDED : State.SHADOWED;
        return settle(key, token, state, Optional.of(receipt), Optional.empty(), Optional.empty());
    }

    @Override
    public synchronized boolean refuse(EffectKey key, long token, FailureCode code, String detail) {
        return settle(key, token, State.REFUSED, Optional.empty(), Optional.of(code), Optional.of(detail));
    }

    private boolean settle(
            EffectKey key,
            long token,
            State state,
            Optional<Receipt> receipt,
            Optional<FailureCode> code,
            Optional<String> detail) {
        Row row = row(key);
        if (row.token != token || row.state != State.LEASED) {
            return false;
        }
        row.state = state;
        row.receipt = receipt;
        row.code = code;
        row.detail = detail;
        row.changedAt = clock.instant();
        return true;
    }

    @Override
    public synchronized void fail(EffectKey key, long token, FailureCode code, String detail, boolean unknown) {
        State after = unknown ? State.UNKNOWN : State.PENDING;
        if (settle(key, token, after, Optional.empty(), Optional.of(code), Optional.of(detail))) {
            Row row = row(key);
            row.mustProbe = unknown;
            row.firstFailedAt = row.firstFailedAt.or(() -> Optional.of(clock.instant()));
        }
    }

    @Override
    public synchronized int nextGeneration(EffectKey key, long token) {
        Row row = row(key);
        if (row.token == token) {
            row.generation++;
            row.firstFailedAt = Optional.of(clock.instant());
        }
        return row.generation;
    }

    @Override
    public synchronized void reopen(EffectKey key) {
        Row row = row(key);
        if (row.state == State.REFUSED) {
            row.state = State.PENDING;
            row.mustProbe = true;
            row.generation++;
            row.firstFailedAt = Optional.empty();
        }
    }

    @Override
    public synchronized void giveUp(AccountId account, String subject, String operation, String purpose, String why) {
        EffectKey key = intents.get(String.join("|", account.value(), subject, operation, purpose));
        Row row = key == null ? null : rows.get(key);
        if (row == null || row.attempts == 0) {
            return;
        }
        boolean underWay = row.state == State.LEASED;
        if (underWay || row.state == State.PENDING || row.state == State.UNKNOWN) {
            row.mustProbe |= underWay;
            row.state = State.GIVEN_UP;
            row.detail = Optional.of(why);
            row.changedAt = clock.instant();
        }
    }

    @Override
    public synchronized List<Effect> unclear(AccountId account, String operation, int most) {
        return rows.entrySet().stream()
                .filter(entry -> entry.getKey().account().equals(account)
                        && entry.getKey().operation().equals(operation)
                        && entry.getValue().state == State.GIVEN_UP
                        && entry.getValue().mustProbe)
                .map(entry -> entry.getValue().effect(entry.getKey()))
                .sorted(Comparator.comparing(Effect::changedAt))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized void clarified(EffectKey key, String outcome) {
        Row row = row(key);
        if (row.state == State.GIVEN_UP && row.mustProbe) {
            row.mustProbe = false;
            row.generation++;
            row.detail = Optional.of(outcome);
        }
    }

    @Override
    public synchronized Optional<Effect> find(EffectKey key) {
        return Optional.ofNullable(rows.get(key)).map(row -> row.effect(key));
    }

    /** What was asked for last. */
    public synchronized String requestOf(EffectKey key) {
        return row(key).request.orElseThrow();
    }

    @Override
    public synchronized List<Effect> ofSubject(String subject) {
        List<Effect> found = new ArrayList<>();
        rows.forEach((key, row) -> {
            if (key.subject().equals(subject)) {
                found.add(row.effect(key));
            }
        });
        return found;
    }

    private Row row(EffectKey key) {
        return Optional.ofNullable(rows.get(key)).orElseThrow(() -> new IllegalStateException("no effect " + key));
    }

    private static final class Row {
        private OutsideSystem system = OutsideSystem.REST;
        private State state = State.PENDING;
        private Optional<String> request = Optional.empty();
        private Instant leasedUntil = Instant.EPOCH;
        private Instant changedAt;
        private long token;
        private int generation = 1;
        private int attempts;
        private boolean mustProbe;
        private Optional<Receipt> receipt = Optional.empty();
        private Optional<FailureCode> code = Optional.empty();
        private Optional<String> detail = Optional.empty();
        private Optional<Instant> firstFailedAt = Optional.empty();

        private Row(Instant madeAt) {
            this.changedAt = madeAt;
        }

        private Effect effect(EffectKey key) {
            return new Effect(key, system, state, attempts, receipt, code, detail, firstFailedAt, changedAt);
        }
    }
}
