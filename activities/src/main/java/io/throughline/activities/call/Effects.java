package io.throughline.activities.call;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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

    public Effects(EffectLedger ledger, Accounts accounts, Clock clock, Checkpoints checkpoints) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.clock = clock;
        this.checkpoints = checkpoints;
    }

    /**
     * One intent to change {@code account}'s system. {@code request} is the canonical text of what is asked, without personal data: one
     * intent never asks for two different things. It reads as a sentence: {@code Intent.of(account, subject, operation, purpose)
     * .asking(request).foundBy(probe).doneBy(call)}, where the call is given the key that it is to carry.
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

    public Reply carryOut(Intent intent, Optional<Decision> decision) {
        EffectKey key = ledger.intend(intent.account(), intent.subject(), intent.operation(), intent.purpose());
        decision.map(Decision::action)
                .filter(action -> action == Action.RETRY || action == Action.AMEND_AND_RETRY)
                // What was refused did nothing, so it may be asked for otherwise now.
                .ifPresent(action -> ledger.reopen(key, true));
        OutsideSystem system = accounts.get(intent.account()).system();
        Duration lease = leaseOf(system);
        Instant leaseEnds = clock.instant().plus(lease);
        return switch (ledger.claim(key, system, hash(intent.request()), lease)) {
            case EffectLedger.Claim.Settled(Receipt receipt) -> Reply.done(receipt);
            case EffectLedger.Claim.AlreadyRefused(FailureCode code, String detail) -> Reply.refused(code, detail);
            case EffectLedger.Claim.InFlight(var until) ->
                throw SystemFailure.withoutEffect(
                        FailureCode.EFFECT_IN_FLIGHT,
                        key + " is being carried out by another attempt until " + until,
                        null);
            case EffectLedger.Claim.Held held -> act(intent, key, held, leaseEnds);
        };
    }

    /** Whether this was ever tried: undoing begins with asking. */
    public Optional<EffectLedger.Effect> find(AccountId account, String subject, String operation, String purpose) {
        return ledger.find(ledger.intend(account, subject, operation, purpose));
    }

    private Reply act(Intent intent, EffectKey key, EffectLedger.Claim.Held held, Instant leaseEnds) {
        EffectMode mode = accounts.get(intent.account()).mode();
        if (mode != EffectMode.LIVE) {
            Receipt notSent = Receipt.notSent(mode);
            ledger.succeed(key, held.token(), notSent);
            return Reply.done(notSent);
        }
        try {
            int generation = held.generation();
            if (held.mustProbe()) {
                Optional<Receipt> found = intent.probe().get();
                if (found.isPresent()) {
                    return settle(key, held, Reply.done(found.get()));
                }
                if (forgotten(held)) {
                    generation = ledger.nextGeneration(key, held.token());
                }
            }
            checkpoints.reached(Checkpoints.Point.BEFORE_CALL, intent.operation());
            requireLease(key, leaseEnds);
            Reply reply = intent.call().apply(key.vendorKey(generation));
            checkpoints.reached(Checkpoints.Point.AFTER_EFFECT_BEFORE_COMMIT, intent.operation());
            return settle(key, held, reply);
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

    /** A process that was stopped in between wakes beside its successor, and must leave the call to that. */
    private void requireLease(EffectKey key, Instant leaseEnds) {
        if (!clock.instant().isBefore(leaseEnds)) {
            throw SystemFailure.withoutEffect(
                    FailureCode.EFFECT_IN_FLIGHT, key + " was held up beyond its lease, until " + leaseEnds, null);
        }
    }

    private Reply settle(EffectKey key, EffectLedger.Claim.Held held, Reply reply) {
        boolean ours = switch (reply) {
            case Reply.Done(Receipt receipt) -> ledger.succeed(key, held.token(), receipt);
            case Reply.Refused(FailureCode code, String detail) -> ledger.refuse(key, held.token(), code, detail);
        };
        checkpoints.reached(Checkpoints.Point.AFTER_COMMIT, key.operation());
        if (!ours) {
            throw SystemFailure.withoutEffect(
                    FailureCode.EFFECT_IN_FLIGHT, key + " was taken over by a newer attempt, which will tell", null);
        }
        return reply;
    }

    private boolean forgotten(EffectLedger.Claim.Held held) {
        return held.firstFailedAt()
                .map(since -> since.plus(VENDORS_REMEMBER).isBefore(clock.instant()))
                .orElse(false);
    }

    /** Longer than any call's timeout, shorter than an activity's start-to-close. */
    private static Duration leaseOf(OutsideSystem system) {
        return system == OutsideSystem.TRYTON ? Duration.ofSeconds(150) : Duration.ofSeconds(20);
    }

    private static String hash(String request) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", impossible);
        }
    }
}
