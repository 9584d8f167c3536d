package io.throughline.activities.call;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.Passage;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.tracing.Span;
import io.throughline.domain.tracing.SpanKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one wrapper round every call that changes another system. It takes the lease of the business intent, probes where an earlier
 * attempt may have had its effect, calls, and stores the outcome before anybody acts on it.
 */
public final class Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    /** Vendors forget their keys after hours; until then the same key is the safer one, for the first call may still be on its way. */
    private static final Duration VENDORS_REMEMBER = Duration.ofHours(12);

    private final EffectLedger ledger;
    private final Accounts accounts;
    private final Clock clock;
    private final Checkpoints checkpoints;
    private final SystemGate gate;
    private final Patience withErp;

    public Effects(EffectLedger ledger, Accounts accounts, Clock clock, Checkpoints checkpoints) {
        this(ledger, accounts, clock, checkpoints, SystemGate.open(), Erp.LONGEST_CHANGE);
    }

    /** {@code longestErpChange} is what the ERP's connector keeps to. */
    public Effects(
            EffectLedger ledger,
            Accounts accounts,
            Clock clock,
            Checkpoints checkpoints,
            SystemGate gate,
            Duration longestErpChange) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.clock = clock;
        this.checkpoints = checkpoints;
        this.gate = gate;
        this.withErp = Patience.withErp(longestErpChange);
    }

    /**
     * One intent to change {@code account}'s system. {@code request} is the canonical text of what is asked: references, products,
     * quantities and amounts, without personal data, for the trace keeps it. It may become another until it is carried out. It reads as
     * a sentence: {@code Intent.of(account, subject, operation, purpose).asking(request).foundBy(probe).doneBy(call)}, where the call
     * is given the key that it is to carry.
     */
    public record Intent(
            AccountId account,
            String subject,
            String operation,
            String purpose,
            String request,
            Supplier<Optional<Receipt>> probe,
            Function<String, Reply> call) {
        /** {@code purpose} tells the same operation on the same subject apart when it is wanted more than once. */
        public static Asking of(AccountId account, String subject, String operation, String purpose) {
            return request -> probe -> call -> new Intent(account, subject, operation, purpose, request, probe, call);
        }

        /** An intent of which it is still to be said what it asks for. */
        public interface Asking {
            FoundBy asking(String request);
        }

        /** An intent of which it is still to be said how the effect of an earlier attempt is found. */
        public interface FoundBy {
            DoneBy foundBy(Supplier<Optional<Receipt>> probe);
        }

        /** An intent of which it is still to be said how it is carried out. */
        public interface DoneBy {
            Intent doneBy(Function<String, Reply> call);
        }
    }

    /** Where its system is paused, nothing is begun. */
    public Reply carryOut(Intent intent, Optional<Decision> decision) {
        return Span.within("effect " + intent.operation(), SpanKind.INTERNAL, () -> {
            Span.note("throughline.account", intent.account().value());
            Span.note("throughline.subject", intent.subject());
            Reply reply = Passage.once(gate, intent.account(), () -> carryOutNow(intent, decision));
            if (reply instanceof Reply.Refused(FailureCode code, String _)) {
                Span.failed(code.name());
            }
            return reply;
        });
    }

    private Reply carryOutNow(Intent intent, Optional<Decision> decision) {
        EffectKey key = ledger.intend(intent.account(), intent.subject(), intent.operation(), intent.purpose());
        decision.map(Decision::action)
                .filter(action -> action == Action.RETRY || action == Action.AMEND_AND_RETRY)
                .ifPresent(action -> ledger.reopen(key));
        OutsideSystem system = accounts.get(intent.account()).system();
        Patience patience = system == OutsideSystem.TRYTON ? withErp : Patience.USUAL;
        Hold hold = patience.from(clock.instant());
        return switch (ledger.claim(key, system, intent.request(), patience.lease())) {
            case EffectLedger.Claim.Settled(Receipt receipt) -> Reply.done(receipt);
            case EffectLedger.Claim.AlreadyRefused(FailureCode code, String detail) -> Reply.refused(code, detail);
            case EffectLedger.Claim.InFlight(var until) ->
                throw SystemFailure.withoutEffect(
                        FailureCode.EFFECT_IN_FLIGHT,
                        key + " is being carried out by another attempt until " + until,
                        null);
            case EffectLedger.Claim.Held held -> act(intent, key, held, hold);
        };
    }

    /** Whether this was ever tried: undoing begins with asking. */
    public Optional<EffectLedger.Effect> find(AccountId account, String subject, String operation, String purpose) {
        return ledger.find(ledger.intend(account, subject, operation, purpose));
    }

    /** Whether what was asked for is there, or may be: it is looked for under its own name. */
    public boolean mayBeThere(AccountId account, String subject, String operation, String purpose) {
        return find(account, subject, operation, purpose)
                .filter(EffectLedger.Effect::mayBeThere)
                .isPresent();
    }

    /** As {@link #find}, without allocating an intent for what was never asked. */
    public Optional<EffectLedger.Effect> tried(AccountId account, String subject, String operation) {
        return ledger.ofSubject(subject).stream()
                .filter(effect -> effect.key().account().equals(account)
                        && effect.key().subject().equals(subject)
                        && effect.key().operation().equals(operation))
                .findFirst();
    }

    /** Closes what was tried, has come to no end and is wanted no more, without claiming that it was done. */
    public void giveUp(AccountId account, String subject, String operation, String purpose, String why) {
        ledger.giveUp(account, subject, operation, purpose, why);
    }

    private Reply act(Intent intent, EffectKey key, EffectLedger.Claim.Held held, Hold hold) {
        try {
            Optional<Receipt> found =
                    held.mustProbe() ? CallSeries.within(until(hold.latestCall()), intent.probe()) : Optional.empty();
            return settle(key, held, found.map(Reply::done).orElseGet(() -> send(intent, key, held, hold)));
        } catch (SystemFailure failure) {
            // A probe that failed has not told what became of the attempt before.
            ledger.fail(
                    key,
                    held.token(),
                    failure.code(),
                    Wordless.words(failure),
                    failure.effectPossible() || held.mustProbe());
            throw failure;
        } catch (RuntimeException bug) {
            LOG.error("effect {} failed in our own code", key, Wordless.of(bug));
            ledger.fail(key, held.token(), FailureCode.INTERNAL_ERROR, Wordless.words(bug), true);
            throw SystemFailure.outcomeUnknown(FailureCode.INTERNAL_ERROR, Wordless.words(bug), Wordless.of(bug));
        }
    }

    /** Only what did not happen yet is left to the account's mode: what may have happened was looked for before. */
    private Reply send(Intent intent, EffectKey key, EffectLedger.Claim.Held held, Hold hold) {
        EffectMode mode = accounts.get(intent.account()).mode();
        if (mode != EffectMode.LIVE) {
            return Reply.done(Receipt.notSent(mode));
        }
        int generation =
                held.mustProbe() && forgotten(held) ? ledger.nextGeneration(key, held.token()) : held.generation();
        reached(Checkpoints.Point.BEFORE_CALL, key);
        requireTime(key, hold);
        Reply reply = CallSeries.within(until(hold.end()), () -> intent.call().apply(key.vendorKey(generation)));
        reached(Checkpoints.Point.AFTER_EFFECT_BEFORE_COMMIT, key);
        return reply;
    }

    /** A process that was stopped in between wakes beside its successor, and must leave the call to that. */
    private void requireTime(EffectKey key, Hold hold) {
        if (!clock.instant().isBefore(hold.latestCall())) {
            throw SystemFailure.withoutEffect(
                    FailureCode.EFFECT_IN_FLIGHT, key + " was held up until its lease was too short for a call", null);
        }
    }

    private Duration until(Instant end) {
        return Duration.between(clock.instant(), end);
    }

    private Reply settle(EffectKey key, EffectLedger.Claim.Held held, Reply reply) {
        boolean ours = switch (reply) {
            case Reply.Done(Receipt receipt) -> ledger.succeed(key, held.token(), receipt);
            case Reply.Refused(FailureCode code, String detail) -> ledger.refuse(key, held.token(), code, detail);
        };
        reached(Checkpoints.Point.AFTER_COMMIT, key);
        if (!ours) {
            throw SystemFailure.withoutEffect(
                    FailureCode.EFFECT_IN_FLIGHT, key + " was taken over by a newer attempt, which will tell", null);
        }
        return reply;
    }

    private void reached(Checkpoints.Point point, EffectKey key) {
        checkpoints.reached(point, accounts.get(key.account()).system(), key.operation());
    }

    private boolean forgotten(EffectLedger.Claim.Held held) {
        return held.firstFailedAt()
                .map(since -> since.plus(VENDORS_REMEMBER).isBefore(clock.instant()))
                .orElse(false);
    }

    /**
     * How long an attempt holds its effect, and how much of that is kept for its call. The lease outlasts a probe and the call after it,
     * and is shorter than an activity's start-to-close.
     */
    private record Patience(Duration lease, Duration longestCall) {
        private static final Patience USUAL = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(10));

        static Patience withErp(Duration longestChange) {
            return new Patience(Erp.LONGEST_PROBE.plus(longestChange).plusSeconds(5), longestChange);
        }

        Hold from(Instant start) {
            Instant end = start.plus(lease);
            return new Hold(end.minus(longestCall), end);
        }
    }

    /** All requests of a probe end before the latest moment for a call, and all of the call before a successor may take over. */
    private record Hold(Instant latestCall, Instant end) {}
}
