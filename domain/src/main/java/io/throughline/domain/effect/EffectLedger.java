package io.throughline.domain.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The record of every effect, in PostgreSQL. Two holders of one effect can never both act: an attempt holds a lease with a fencing
 * token, and only the newest token may settle. Lease is longer than the call's timeout.
 */
public interface EffectLedger {
    /**
     * Allocates the intent for a purpose: the same subject, operation and purpose always give the same key, whoever asks, so that a
     * refund asked for by a return, a cancellation and a person is one refund.
     */
    EffectKey intend(AccountId account, String subject, String operation, String purpose);

    /**
     * Takes the lease, or says why not. {@code request} is what is asked for, in canonical words without personal data; the trace keeps
     * it. Until it is carried out, an intent may come to ask for something else, under a generation of its own: a vendor refuses a key
     * that it knows with another request. What was carried out stays as it was told: another request is then an INTERNAL_ERROR.
     */
    Claim claim(EffectKey key, OutsideSystem system, String request, Duration lease);

    /** The effect is carried out; false when the token is no longer the newest. Writes the trace. */
    boolean succeed(EffectKey key, long token, Receipt receipt);

    /** The system refused for good. A later decision (RETRY, AMEND_AND_RETRY) reopens it through {@link #reopen}. */
    boolean refuse(EffectKey key, long token, FailureCode code, String detail);

    /** The attempt failed. {@code unknown} means that the effect may have happened: the next claim must probe. */
    void fail(EffectKey key, long token, FailureCode code, String detail, boolean unknown);

    /** After a probe found nothing: a new vendor key may be used. Gives the new generation. */
    int nextGeneration(EffectKey key, long token);

    /** Makes a refused effect claimable again, for the same request or another. */
    void reopen(EffectKey key);

    /**
     * Nobody wants it any more, though it was not heard whether it has happened: an attempt that was made and has come to no end is given up, and one
     * that is under way just now counts as one that may have happened. It is claimed like any other, should it be wanted after all.
     */
    void giveUp(AccountId account, String subject, String operation, String purpose, String why);

    /** What was given up and may have happened, as far as nobody has found out; the oldest first. */
    List<Effect> unclear(AccountId account, String operation, int most);

    /** It was found out what became of something that was given up, and nothing of it is left there. */
    void clarified(EffectKey key, String outcome);

    Optional<Effect> find(EffectKey key);

    List<Effect> ofSubject(String subject);

    /** One effect as it stands. */
    record Effect(
            EffectKey key,
            OutsideSystem system,
            State state,
            int attempts,
            Optional<Receipt> receipt,
            Optional<FailureCode> code,
            Optional<String> detail,
            Optional<Instant> firstFailedAt,
            Instant changedAt) {
        /** Whether it was carried out, may have been, or would have been were the system live: what was refused has left nothing there. */
        public boolean mayBeThere() {
            return state != State.PENDING && state != State.REFUSED;
        }
    }

    /** PENDING was never tried or failed without effect; UNKNOWN may have happened; GIVEN_UP is wanted no more, without having come to its end. */
    enum State {
        PENDING,
        LEASED,
        UNKNOWN,
        SUCCEEDED,
        REFUSED,
        SHADOWED,
        GIVEN_UP
    }

    /** What a claim gives. */
    sealed interface Claim {
        /** The caller holds the lease. It must probe first when {@code mustProbe}. */
        record Held(long token, int generation, boolean mustProbe, Optional<Instant> firstFailedAt) implements Claim {}

        /** Already carried out. */
        record Settled(Receipt receipt) implements Claim {}

        /** Refused before, and nobody has decided to try again. */
        record AlreadyRefused(FailureCode code, String detail) implements Claim {}

        /** Somebody else holds the lease until then. */
        record InFlight(Instant until) implements Claim {}
    }
}
