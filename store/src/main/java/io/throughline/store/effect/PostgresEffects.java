package io.throughline.store.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.tracing.Span;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceLine;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The record of every effect, in PostgreSQL. Leases run by the database's clock, which all processes share. Each change is one
 * conditional update, so two attempts can't both hold an effect. Attempts that fail like the one before are counted, not traced: an
 * outage costs the same few entries however long it lasts.
 */
public final class PostgresEffects implements EffectLedger {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final String holder;
    private final Clock clock;
    private final GivenUp givenUp;

    /** {@code holder} names the process that claims. */
    public PostgresEffects(Transactions transactions, TraceWriter trace, String holder, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.holder = holder;
        this.clock = clock;
        this.givenUp = new GivenUp(trace);
    }

    /** Loses against another purpose that takes the same number at the same time, and then tries again. */
    @Override
    public EffectKey intend(AccountId account, String subject, String operation, String purpose) {
        return transactions.with(handle -> {
            while (true) {
                Optional<Integer> intent = intent(handle, account, subject, operation, purpose);
                if (intent.isPresent()) {
                    return new EffectKey(account, subject, operation, intent.get());
                }
            }
        });
    }

    private Optional<Integer> intent(
            Handle handle, AccountId account, String subject, String operation, String purpose) {
        return handle.createQuery("""
                        with found as (
                            select intent from effect where account = :account and subject = :subject
                                and operation = :operation and purpose = :purpose),
                        allocated as (
                            insert into effect (account, subject, line, operation, intent, purpose, changed_at)
                            select :account, :subject, :line, :operation, coalesce(
                                (select max(intent) from effect where account = :account and subject = :subject
                                    and operation = :operation), 0) + 1, :purpose, :now
                            where not exists (select from found)
                            on conflict do nothing returning intent)
                        select intent from found union all select intent from allocated
                        """)
                .bind("account", account.value())
                .bind("subject", subject)
                .bind("line", TraceLine.of(subject))
                .bind("operation", operation)
                .bind("purpose", purpose)
                .bind("now", Columns.at(clock.instant()))
                .mapTo(Integer.class)
                .findOne();
    }

    @Override
    public Claim claim(EffectKey key, OutsideSystem system, String request, Duration lease) {
        Request asked = Request.of(request);
        return transactions.in(handle -> {
            Optional<Taken> taken = take(handle, key, system, asked.hash(), lease);
            if (taken.isEmpty()) {
                return notTaken(handle, key, asked.hash());
            }
            if (taken.get().attempts() == 1) {
                String summary = key.operation() + " at " + key.account() + " is attempted";
                append(handle, key, "effect.begun", summary, asked.with("system", system.name()));
            } else if (taken.get().otherwise()) {
                traceOther(handle, key, asked, taken.get().held());
            }
            return taken.get().held();
        });
    }

    private record Taken(Claim.Held held, int attempts, boolean otherwise) {}

    /**
     * An attempt that let its lease run out may have had its effect: whoever follows must look. Another request than the one before is
     * asked for under a new vendor key, whose window begins with it.
     */
    private Optional<Taken> take(Handle handle, EffectKey key, OutsideSystem system, String hash, Duration lease) {
        return EffectRows.bind(handle.createQuery("""
                                update effect set state = 'LEASED', system = :system, token = nextval('effect_token'),
                                    generation = generation + case when request_hash <> :hash then 1 else 0 end,
                                    request_hash = :hash, attempts = attempts + 1, holder = :holder,
                                    lease_until = clock_timestamp() + make_interval(secs => :lease),
                                    must_probe = must_probe or state = 'LEASED',
                                    first_failed_at = case when request_hash <> :hash then null
                                        when state = 'LEASED' then coalesce(first_failed_at, changed_at)
                                        else first_failed_at end,
                                    changed_at = :now
                                """ + EffectRows.WHERE_KEY + """
                                    and (state in ('PENDING', 'UNKNOWN', 'GIVEN_UP')
                                        or (state = 'LEASED' and lease_until <= clock_timestamp()))
                                returning token, generation, must_probe, first_failed_at, attempts,
                                    coalesce(old.request_hash <> new.request_hash, false) as otherwise
                                """), key)
                .bind("system", system)
                .bind("hash", hash)
                .bind("holder", holder)
                .bind("lease", lease.toMillis() / 1000.0)
                .bind("now", Columns.at(clock.instant()))
                .map((row, context) -> new Taken(
                        new Claim.Held(
                                row.getLong("token"),
                                row.getInt("generation"),
                                row.getBoolean("must_probe"),
                                Columns.optionalInstant(row, "first_failed_at")),
                        row.getInt("attempts"),
                        row.getBoolean("otherwise")))
                .findOne();
    }

    private void traceOther(Handle handle, EffectKey key, Request asked, Claim.Held held) {
        String generation = Integer.toString(held.generation());
        append(
                handle,
                key,
                "effect.amended",
                key.operation() + " at " + key.account() + " is asked for otherwise now"
                        + (held.mustProbe() ? ", unless it is found as it was asked for before" : "")
                        + ": vendor key " + generation,
                asked.with("generation", generation));
    }

    private static Claim notTaken(Handle handle, EffectKey key, String hash) {
        EffectRows.Stored stored = EffectRows.find(handle, key)
                .orElseThrow(() -> new IllegalArgumentException("nobody has intended the effect " + key));
        Effect effect = stored.effect();
        return switch (effect.state()) {
            case SUCCEEDED, SHADOWED -> {
                if (stored.requestHash().filter(before -> !before.equals(hash)).isPresent()) {
                    throw SystemFailure.withoutEffect(
                            FailureCode.INTERNAL_ERROR,
                            key + " was carried out for another request; one intent never does two things",
                            null);
                }
                yield new Claim.Settled(effect.receipt().orElseThrow());
            }
            case REFUSED ->
                new Claim.AlreadyRefused(
                        effect.code().orElseThrow(), effect.detail().orElse(""));
            // It became free between the two statements: as good as held by somebody whose time is just over.
            case PENDING, UNKNOWN, GIVEN_UP -> new Claim.InFlight(effect.changedAt());
            case LEASED -> new Claim.InFlight(stored.leaseUntil().orElseThrow());
        };
    }

    @Override
    public boolean succeed(EffectKey key, long token, Receipt receipt) {
        State state = receipt.sent() ? State.SUCCEEDED : State.SHADOWED;
        return transactions.in(handle -> {
            boolean settled = EffectRows.bind(
                                    handle.createUpdate(
                                            """
                                            update effect set state = :state, receipt = cast(:receipt as jsonb),
                                                code = null, detail = null, lease_until = null, changed_at = :now
                                            """ + EffectRows.WHERE_KEY + "and token = :token and state = 'LEASED'"),
                                    key)
                            .bind("state", state)
                            .bind("receipt", CanonicalJson.write(receipt))
                            .bind("now", Columns.at(clock.instant()))
                            .bind("token", token)
                            .execute()
                    == 1;
            Map<String, String> detail = new HashMap<>(receipt.details());
            detail.put("reference", receipt.reference());
            if (settled) {
                trace.append(
                        handle,
                        key.subject(),
                        null,
                        state == State.SHADOWED ? "effect.shadowed" : "effect.done",
                        key.operation() + " at " + key.account() + ": " + receipt.reference(),
                        withKey(key, detail),
                        state == State.SHADOWED ? List.of() : linksOf(receipt));
                return true;
            }
            return alreadySo(handle, key, token, Set.of(state), "carried out as " + receipt.reference());
        });
    }

    @Override
    public boolean refuse(EffectKey key, long token, FailureCode code, String detail) {
        return transactions.in(handle -> {
            boolean settled = EffectRows.bind(
                                    handle.createUpdate(
                                            """
                                            update effect set state = 'REFUSED', code = :code, detail = :detail,
                                                lease_until = null, changed_at = :now
                                            """ + EffectRows.WHERE_KEY + "and token = :token and state = 'LEASED'"),
                                    key)
                            .bind("code", code)
                            .bind("detail", detail)
                            .bind("now", Columns.at(clock.instant()))
                            .bind("token", token)
                            .execute()
                    == 1;
            if (settled) {
                append(
                        handle,
                        key,
                        "effect.refused",
                        key.operation() + " was refused by " + key.account() + ": " + code,
                        Map.of("code", code.name(), "detail", detail));
                return true;
            }
            return alreadySo(handle, key, token, Set.of(State.REFUSED), "refused: " + code);
        });
    }

    @Override
    public void fail(EffectKey key, long token, FailureCode code, String detail, boolean unknown) {
        transactions.run(handle -> {
            Optional<Boolean> newKind = EffectRows.bind(handle.createQuery("""
                                    update effect set
                                        state = case when must_probe or :unknown then 'UNKNOWN' else 'PENDING' end,
                                        must_probe = must_probe or :unknown, code = :code, detail = :detail,
                                        lease_until = null, first_failed_at = coalesce(first_failed_at, :now),
                                        changed_at = :now
                                    """ + EffectRows.WHERE_KEY + """
                                        and token = :token and state = 'LEASED'
                                    returning old.code is distinct from new.code
                                        or old.must_probe is distinct from new.must_probe
                                    """), key)
                    .bind("unknown", unknown)
                    .bind("code", code)
                    .bind("detail", detail)
                    .bind("now", Columns.at(clock.instant()))
                    .bind("token", token)
                    .mapTo(Boolean.class)
                    .findOne();
            if (newKind.isEmpty()) {
                alreadySo(handle, key, token, Set.of(State.PENDING, State.UNKNOWN), "failed: " + code);
            } else if (newKind.get()) {
                append(
                        handle,
                        key,
                        unknown ? "effect.unknown" : "effect.failed",
                        key.operation() + " at " + key.account() + " failed: " + code
                                + (unknown ? ", and may have happened" : ""),
                        Map.of("code", code.name(), "detail", detail));
            }
        });
    }

    /** The window in which a vendor remembers a key begins anew, or the next retry would already use up another one. */
    @Override
    public int nextGeneration(EffectKey key, long token) {
        return transactions.in(handle -> {
            int generation = EffectRows.bind(
                            handle.createQuery("update effect set generation = generation + 1, first_failed_at = :now"
                                    + EffectRows.WHERE_KEY
                                    + "and token = :token and state = 'LEASED' returning generation"),
                            key)
                    .bind("now", Columns.at(clock.instant()))
                    .bind("token", token)
                    .mapTo(Integer.class)
                    .findOne()
                    .orElseThrow(() -> SystemFailure.withoutEffect(
                            FailureCode.EFFECT_IN_FLIGHT, key + " was taken over by a newer attempt", null));
            append(
                    handle,
                    key,
                    "effect.generation",
                    key.operation() + " at " + key.account() + " was looked for and not found: vendor key "
                            + generation,
                    Map.of("generation", Integer.toString(generation)));
            return generation;
        });
    }

    /**
     * A vendor may answer the old key with its stored refusal, so a new one is used; since an earlier attempt than the refused one may
     * have got through late, the next attempt looks first.
     */
    @Override
    public void reopen(EffectKey key) {
        transactions.run(handle -> {
            boolean reopened =
                    EffectRows.bind(handle.createUpdate("""
                                            update effect set state = 'PENDING', must_probe = true, generation = generation + 1,
                                                first_failed_at = null, changed_at = :now
                                            """ + EffectRows.WHERE_KEY + "and state = 'REFUSED'"), key)
                                    .bind("now", Columns.at(clock.instant()))
                                    .execute()
                            == 1;
            if (reopened) {
                append(
                        handle,
                        key,
                        "effect.reopened",
                        key.operation() + " at " + key.account() + " shall be tried again",
                        Map.of());
            }
        });
    }

    @Override
    public void giveUp(AccountId account, String subject, String operation, String purpose, String why) {
        transactions.run(handle -> givenUp.giveUp(handle, account, subject, operation, purpose, why, clock.instant()));
    }

    @Override
    public List<Effect> unclear(AccountId account, String operation, int most) {
        return transactions.with(handle -> givenUp.unclear(handle, account, operation, most));
    }

    @Override
    public void clarified(EffectKey key, String outcome) {
        transactions.run(handle -> givenUp.clarified(handle, key, outcome, clock.instant()));
    }

    /** An intent that nobody has claimed yet is not found. */
    @Override
    public Optional<Effect> find(EffectKey key) {
        return transactions.with(handle -> EffectRows.find(handle, key).map(EffectRows.Stored::effect));
    }

    @Override
    public List<Effect> ofSubject(String subject) {
        return transactions.with(handle -> EffectRows.ofSubject(handle, subject));
    }

    /** Whether an outside system was asked for such an effect on a subject, and may have it; as part of a transaction of somebody else. */
    public static boolean mayBeThere(Handle handle, String subject, String operation) {
        return EffectRows.ofSubject(handle, subject).stream()
                .filter(effect -> effect.key().subject().equals(subject))
                .filter(effect -> effect.key().operation().equals(operation))
                .anyMatch(Effect::mayBeThere);
    }

    /** The same attempt told it before and did not hear that it was stored; an overtaken one is refused, and what it knows is kept. */
    private boolean alreadySo(Handle handle, EffectKey key, long token, Set<State> states, String outcome) {
        boolean same = EffectRows.bind(
                        handle.createQuery("select true from effect" + EffectRows.WHERE_KEY
                                + "and token = :token and state in (<states>)"),
                        key)
                .bind("token", token)
                .bindList("states", List.copyOf(states))
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
        if (!same) {
            append(
                    handle,
                    key,
                    "effect.overtaken",
                    key.operation() + " at " + key.account() + ": an overtaken attempt says it was " + outcome,
                    Map.of("outcome", outcome));
        }
        return same;
    }

    private void append(Handle handle, EffectKey key, String kind, String summary, Map<String, String> detail) {
        trace.append(handle, key.subject(), kind, summary, withKey(key, detail));
    }

    private static Map<String, String> withKey(EffectKey key, Map<String, String> detail) {
        Map<String, String> all = new HashMap<>(detail);
        all.put("effect", key.toString());
        Span.current().ifPresent(span -> all.put("traceId", span.traceId()));
        return all;
    }

    /** Document numbers and ids are what people search for; a sentence among a receipt's facts is not. */
    private static List<String> linksOf(Receipt receipt) {
        List<String> links = new ArrayList<>(receipt.details().values());
        links.add(receipt.reference());
        links.removeIf(link -> link.isBlank() || link.length() > 200 || link.contains(" "));
        return links;
    }
}
