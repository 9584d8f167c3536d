package io.throughline.store.intervention;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CasePolicy.Probe;
import io.throughline.domain.intervention.CauseProbes;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tries causes, in PostgreSQL. A cause's row says when its next case is tried: whoever holds it decides that case and says when the next one
 * is, in one transaction. The row goes when nothing of the cause is left, so a cause that comes again is a new one.
 */
public final class PostgresCauseProbes implements CauseProbes {
    /**
     * Of cases that may be tried: nobody has proposed anything, nobody wants them to sleep, no decision about all of them is under way, and no money goes
     * back by them.
     */
    private static final String UNATTENDED = """
            status = 'OPEN' and proposal is null and (snoozed_until is null or snoozed_until <= :now)
                and split_part(step, ' ', 1) <> all(cast(:givingBack as text[]))
                and not exists (select from bulk_decision running
                    where running.fingerprint = support_case.fingerprint and running.state = 'RUNNING')
            """;

    private final Transactions transactions;
    private final Deciding deciding;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresCauseProbes(Transactions transactions, Deciding deciding, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.deciding = deciding;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public int probe(Map<FailureCode, Probe> rules) {
        transactions.run(PostgresCauseProbes::forget);
        List<Cause> causes = transactions.with(handle -> causes(handle, rules));
        int tried = (int) causes.stream()
                .filter(cause -> transactions.in(handle -> isTried(handle, cause)))
                .count();
        if (tried > 0) {
            bell.ring();
        }
        return tried;
    }

    private record Cause(Fingerprint fingerprint, Probe rule, Instant since) {}

    private static void forget(Handle handle) {
        handle.execute("""
                delete from cause_probe p where not exists (
                    select from support_case c where c.fingerprint = p.fingerprint and c.status <> 'CLOSED')
                """);
    }

    private List<Cause> causes(Handle handle, Map<FailureCode, Probe> rules) {
        return handle.createQuery("""
                        select fingerprint, code, min(opened_at) as since from support_case
                        where code = any(cast(:codes as text[])) and\s""" + UNATTENDED + """
                        group by fingerprint, code order by since limit 1000
                        """)
                .bind("now", Columns.at(clock.instant()))
                .bindArray("givingBack", String.class, GIVING_BACK)
                .bindArray(
                        "codes",
                        String.class,
                        rules.keySet().stream().map(FailureCode::name).toList())
                .map((row, context) -> new Cause(
                        new Fingerprint(row.getString("fingerprint")),
                        Objects.requireNonNull(rules.get(FailureCode.valueOf(row.getString("code")))),
                        Columns.instant(row, "since")))
                .list();
    }

    private boolean isTried(Handle handle, Cause cause) {
        Optional<Integer> tries = dueAfterTries(handle, cause);
        Optional<CaseId> next = tries.flatMap(past -> unattended(handle, cause));
        next.ifPresent(id -> {
            Decision retry =
                    new Decision(Action.RETRY, Decision.OURSELVES, true, Optional.empty(), Map.of(), clock.instant());
            putOff(handle, cause, tries.orElseThrow() + 1);
            deciding.decide(handle, id, retry);
        });
        return next.isPresent();
    }

    /** How often it was tried in vain, where its turn has come and nobody else is at it. */
    private Optional<Integer> dueAfterTries(Handle handle, Cause cause) {
        handle.createUpdate("""
                        insert into cause_probe (fingerprint, next_at) values (:cause, :first)
                        on conflict (fingerprint) do nothing
                        """)
                .bind("cause", cause.fingerprint().value())
                .bind("first", Columns.at(cause.since().plus(cause.rule().waitAfter(0))))
                .execute();
        return handle.createQuery("""
                        select tries from cause_probe where fingerprint = :cause and next_at <= :now
                        for no key update skip locked
                        """)
                .bind("cause", cause.fingerprint().value())
                .bind("now", Columns.at(clock.instant()))
                .mapTo(Integer.class)
                .findOne();
    }

    private void putOff(Handle handle, Cause cause, int tries) {
        handle.createUpdate("update cause_probe set tries = :tries, next_at = :next where fingerprint = :cause")
                .bind("tries", tries)
                .bind("next", Columns.at(clock.instant().plus(cause.rule().waitAfter(tries))))
                .bind("cause", cause.fingerprint().value())
                .execute();
    }

    private Optional<CaseId> unattended(Handle handle, Cause cause) {
        return handle.createQuery("select number from support_case where fingerprint = :cause and " + UNATTENDED + """
                        order by coalesce(cast(decision ->> 'at' as timestamptz), opened_at), number limit 1
                        for no key update
                        """)
                .bind("cause", cause.fingerprint().value())
                .bind("now", Columns.at(clock.instant()))
                .bindArray("givingBack", String.class, GIVING_BACK)
                .mapTo(Long.class)
                .findOne()
                .map(CaseRows::id);
    }
}
