package io.throughline.store.intervention;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.BulkDecision;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.BulkId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Relief;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceLine;
import io.throughline.store.internal.Transactions;
import io.throughline.store.intervention.BulkRows.Outcome;
import io.throughline.store.intervention.BulkRows.Turn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decisions about many cases, in PostgreSQL. A turn is one transaction: it holds the decision's row, so there is one turn at a time over all
 * processes; it decides one case, notes that, and says when the next turn is.
 */
public final class PostgresBulkDecisions implements BulkDecisions {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBulkDecisions.class);
    private static final int SAMPLE = 10;
    private static final int MOST_AT_ONCE = 10_000;

    /** A cause that went before is one that nobody looked after for as long. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Transactions transactions;
    private final Deciding deciding;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresBulkDecisions(Transactions transactions, Deciding deciding, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.deciding = deciding;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Preview preview(Fingerprint cause, Decision decision) {
        return transactions.with(handle -> {
            List<Deciding.AtStake> open = atStake(handle, cause);
            return new Preview(
                    cause, open.size(), deciding.needAnother(handle, open, decision), first(handle, cause, SAMPLE));
        });
    }

    /** However many there are, without what is known of them beside. */
    private static List<Deciding.AtStake> atStake(Handle handle, Fingerprint cause) {
        return handle.createQuery("""
                        select code, subject, stake, stake_currency, proposal, proposal_was, cast(null as text) as note
                        from support_case where fingerprint = :cause and status = 'OPEN'
                        """)
                .bind("cause", cause.value())
                .map((row, context) -> new Deciding.AtStake(
                        FailureCode.valueOf(row.getString("code")),
                        TraceLine.of(row.getString("subject")),
                        CaseFileRows.stake(row),
                        CaseRows.decision(row, "proposal", "proposal_was")))
                .list();
    }

    private static List<CaseId> first(Handle handle, Fingerprint cause, int most) {
        return handle.createQuery("""
                        select number from support_case where fingerprint = :cause and status = 'OPEN'
                        order by number limit :most
                        """)
                .bind("cause", cause.value())
                .bind("most", most)
                .mapTo(Long.class)
                .map(CaseRows::id)
                .list();
    }

    private static List<CaseFile> open(Handle handle, Fingerprint cause) {
        return handle.createQuery(
                        CaseFileRows.SELECT + "where fingerprint = :cause and status = 'OPEN' order by number")
                .bind("cause", cause.value())
                .map(CaseFileRows::map)
                .list();
    }

    @Override
    public BulkDecision begin(Fingerprint cause, Decision decision, int perSecond) {
        return transactions.in(handle -> {
            Optional<BulkDecision> running = BulkRows.running(handle, cause);
            if (running.isPresent()) {
                return same(running.get(), decision);
            }
            List<Case> open = open(handle, cause).stream().map(CaseFile::about).toList();
            if (open.isEmpty()) {
                throw new IllegalDecision("no case of " + cause + " is open");
            }
            PostgresCases.refuseIllegal(open.getFirst(), decision);
            return begin(handle, cause, decision, perSecond, open)
                    .orElseThrow(() -> new IllegalDecision(cause + " is being decided about already"));
        });
    }

    private static BulkDecision same(BulkDecision running, Decision decision) {
        if (decision.repeats(running.decision())) {
            return running;
        }
        throw new IllegalDecision(running.cause() + " is being decided about already: " + running.id() + ", "
                + running.decision().action() + " by " + running.decision().actor());
    }

    private Optional<BulkDecision> begin(
            Handle handle, Fingerprint cause, Decision decision, int perSecond, List<Case> cases) {
        Optional<BulkId> begun = BulkRows.insert(handle, cause, decision, perSecond, cases, clock.instant());
        begun.ifPresent(id -> decision.note().ifPresent(note -> PersonRows.say(handle, id.value(), id.value(), note)));
        return begun.flatMap(id -> BulkRows.find(handle, id));
    }

    @Override
    public Optional<BulkDecision> find(BulkId id) {
        return transactions.with(handle -> BulkRows.find(handle, id));
    }

    @Override
    public List<BulkDecision> list(int limit) {
        return transactions.with(handle -> BulkRows.list(handle, limit));
    }

    @Override
    public List<BulkDecision> running() {
        return transactions.with(BulkRows::running);
    }

    @Override
    public List<BulkDecision> ofCause(Fingerprint cause, int limit) {
        return transactions.with(handle -> BulkRows.ofCause(handle, cause, limit));
    }

    /** Waits for a turn that is being taken: after it there is none. */
    @Override
    public Optional<BulkDecision> stop(BulkId id, String actor) {
        return transactions.in(handle -> {
            BulkRows.end(handle, BulkRows.number(id), BulkDecision.State.STOPPED, Optional.of(actor), clock.instant());
            return BulkRows.find(handle, id);
        });
    }

    @Override
    public boolean decideNext() {
        AtomicReference<Optional<Attempt>> attempt = new AtomicReference<>(Optional.empty());
        try {
            boolean turn = transactions.in(handle -> BulkRows.lockNext(handle)
                    .map(next -> take(handle, next, attempt))
                    .isPresent());
            if (turn) {
                bell.ring();
            }
            return turn;
        } catch (SystemFailure away) {
            throw away;
        } catch (RuntimeException bug) {
            Attempt failed = attempt.get().orElseThrow(() -> bug);
            LOG.error("{} can't be decided with B-{}", failed.id(), failed.bulk(), Wordless.of(bug));
            transactions.run(handle -> BulkRows.done(
                    handle, failed.bulk(), failed.id(), Outcome.SKIPPED, Optional.of(Wordless.words(bug))));
            return true;
        }
    }

    /** Which case was being decided: one that can't be keeps no other from it. */
    private record Attempt(long bulk, CaseId id) {}

    private Turn take(Handle handle, Turn turn, AtomicReference<Optional<Attempt>> attempt) {
        BulkRows.pending(handle, turn.number())
                .ifPresentOrElse(
                        id -> {
                            attempt.set(Optional.of(new Attempt(turn.number(), id)));
                            decide(handle, turn, id);
                        },
                        () -> BulkRows.end(
                                handle, turn.number(), BulkDecision.State.DONE, Optional.empty(), clock.instant()));
        return turn;
    }

    /** A case that is no longer what it was is passed by. The row that is written last is locked by nobody else. */
    private void decide(Handle handle, Turn turn, CaseId id) {
        Decision decision = now(turn.decision());
        try {
            Case decided = deciding.decide(handle, sameCause(handle, turn, id), decision);
            Outcome outcome = decided.status() == CaseStatus.OPEN ? Outcome.PROPOSED : Outcome.DECIDED;
            BulkRows.done(handle, turn.number(), id, outcome, Optional.empty());
        } catch (IllegalDecision notAnyMore) {
            BulkRows.done(
                    handle, turn.number(), id, Outcome.SKIPPED, Optional.of(String.valueOf(notAnyMore.getMessage())));
        }
    }

    private static CaseFile sameCause(Handle handle, Turn turn, CaseId id) {
        CaseFile found = CaseFileRows.locked(handle, id)
                .filter(file -> file.cause().equals(turn.cause()))
                .orElseThrow(() -> new IllegalDecision(id + " has another cause by now"));
        if (turn.decision().actor().equals(Decision.OURSELVES)
                && found.proposal().isPresent()) {
            throw new IllegalDecision(id + " waits for the second person of what was proposed");
        }
        return found;
    }

    private Decision now(Decision decision) {
        return new Decision(
                decision.action(),
                decision.actor(),
                decision.actorVerified(),
                decision.note(),
                decision.amendment(),
                clock.instant());
    }

    /**
     * Each is tried once for each time that another one of its cause has come through. One that came through because it was amended tells
     * nothing of the others.
     */
    @Override
    public int retryWhatIsBack(Set<FailureCode> codes, int perSecond) {
        Map<Fingerprint, List<Case>> back = transactions.with(handle -> whatIsBack(handle, codes, clock.instant()));
        Decision retry =
                new Decision(Action.RETRY, Decision.OURSELVES, true, Optional.empty(), Map.of(), clock.instant());
        return (int) back.entrySet().stream()
                .filter(group -> transactions
                        .in(handle -> begin(handle, group.getKey(), retry, perSecond, group.getValue()))
                        .isPresent())
                .count();
    }

    @Override
    public boolean retryOpen(Set<FailureCode> codes, Instant since, String why, int perSecond) {
        List<CaseFile> files = transactions.with(handle -> untried(handle, codes, since));
        Map<Fingerprint, List<Case>> open = byCause(files);
        Decision retry =
                new Decision(Action.RETRY, Decision.OURSELVES, true, Optional.of(why), Map.of(), clock.instant());
        long begun = open.entrySet().stream()
                .filter(group -> transactions
                        .in(handle -> begin(handle, group.getKey(), retry, perSecond, group.getValue()))
                        .isPresent())
                .count();
        return begun == open.size() && files.size() < MOST_AT_ONCE;
    }

    /** What somebody has proposed something else for waits for a second person. */
    private static List<CaseFile> untried(Handle handle, Set<FailureCode> codes, Instant since) {
        return handle.createQuery(CaseFileRows.SELECT + """
                        where code = any(cast(:codes as text[])) and status = 'OPEN' and proposal is null
                            and coalesce(cast(decision ->> 'at' as timestamptz) < :since, true)
                        order by number limit :limit
                        """)
                .bindArray("codes", String.class, names(codes))
                .bind("since", Columns.at(since))
                .bind("limit", MOST_AT_ONCE)
                .map(CaseFileRows::map)
                .list();
    }

    private static Map<Fingerprint, List<Case>> byCause(List<CaseFile> files) {
        Map<Fingerprint, List<Case>> causes = new LinkedHashMap<>();
        files.forEach(one ->
                causes.computeIfAbsent(one.cause(), cause -> new ArrayList<>()).add(one.about()));
        return causes;
    }

    private static List<String> names(Set<FailureCode> codes) {
        return codes.stream().map(FailureCode::name).toList();
    }

    private static Map<Fingerprint, List<Case>> whatIsBack(Handle handle, Set<FailureCode> codes, Instant now) {
        return byCause(
                handle.createQuery(CaseFileRows.SELECT + """
            where number in (
                select waiting.number
                from (
                    select fingerprint, max(closed_at) as at from support_case
                    where outcome in ('\
            """ + Relief.THROUGH + "', '" + Relief.WORKS_AGAIN + """
                    ') and closed_at > :since and coalesce(decision -> 'amendment', '{}') = '{}'
                    group by fingerprint) gone
                    join support_case waiting on waiting.fingerprint = gone.fingerprint
                where waiting.status = 'OPEN' and waiting.code = any(:codes)
                    and waiting.proposal is null
                    and (waiting.snoozed_until is null or waiting.snoozed_until <= :now)
                    and gone.at > greatest(
                        waiting.opened_at, cast(waiting.decision ->> 'at' as timestamptz))
                    and not exists (select from bulk_decision running
                        where running.fingerprint = waiting.fingerprint and running.state = 'RUNNING')
                order by waiting.number limit 10000)
            order by number
            """)
                        .bind("now", Columns.at(now))
                        .bindArray("codes", String.class, names(codes))
                        .bind("since", Columns.at(now.minus(REMEMBERED)))
                        .map(CaseFileRows::map)
                        .list());
    }
}
