package io.throughline.store.intervention;

import io.throughline.domain.intervention.BulkDecision;
import io.throughline.domain.intervention.BulkId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@code bulk_decision} and {@code bulk_decision_case}. */
final class BulkRows {
    /** The note is a row of words beside the personal data. */
    private static final String SELECT = """
        select b.*, (select content #>> '{}' from person where ref = 'N-B-' || b.number) as note,
            count(*) filter (where c.state = 'PENDING') as pending,
            count(*) filter (where c.state = 'DECIDED') as decided,
            count(*) filter (where c.state = 'PROPOSED') as proposed,
            count(*) filter (where c.state = 'SKIPPED') as skipped
        from bulk_decision b left join bulk_decision_case c on c.bulk = b.number
        """;

    private BulkRows() {}

    /** What became of one case. */
    enum Outcome {
        DECIDED,
        PROPOSED,
        SKIPPED
    }

    /** A decision whose turn it is. */
    record Turn(long number, Fingerprint cause, Decision decision) {}

    /** Empty when the cause is being decided about already. */
    static Optional<BulkId> insert(
            Handle handle, Fingerprint cause, Decision decision, int perSecond, Collection<Case> cases, Instant now) {
        Optional<Long> number = handle.createQuery("""
            insert into bulk_decision (fingerprint, decision, per_second, begun_at)
            values (:cause, cast(:decision as jsonb), :perSecond, :now)
            on conflict (fingerprint) where state = 'RUNNING' do nothing returning number
            """)
                .bind("cause", cause.value())
                .bind("decision", CaseRows.kept(decision))
                .bind("perSecond", perSecond)
                .bind("now", Columns.at(now))
                .mapTo(Long.class)
                .findOne();
        number.ifPresent(bulk -> handle.createUpdate("""
            insert into bulk_decision_case (bulk, number, line)
            select :bulk, number, line
            from unnest(cast(:cases as bigint[]), cast(:lines as text[])) as told (number, line)
            """)
                .bind("bulk", bulk)
                .bindArray(
                        "cases",
                        Long.class,
                        cases.stream().map(one -> CaseRows.number(one.id())).toList())
                .bindArray(
                        "lines",
                        String.class,
                        cases.stream().map(one -> TraceLine.of(one.subject())).toList())
                .execute());
        return number.map(bulk -> new BulkId("B-" + bulk));
    }

    static Optional<BulkDecision> find(Handle handle, BulkId id) {
        return handle.createQuery(SELECT + "where b.number = :number group by b.number")
                .bind("number", number(id))
                .map(BulkRows::map)
                .findOne();
    }

    static Optional<BulkDecision> running(Handle handle, Fingerprint cause) {
        return handle.createQuery(SELECT + "where b.fingerprint = :cause and b.state = 'RUNNING' group by b.number")
                .bind("cause", cause.value())
                .map(BulkRows::map)
                .findOne();
    }

    static List<BulkDecision> list(Handle handle, int limit) {
        return handle.createQuery(SELECT + """
            where b.number in (select number from bulk_decision order by number desc limit :limit)
            group by b.number order by b.number desc
            """)
                .bind("limit", limit)
                .map(BulkRows::map)
                .list();
    }

    static List<BulkDecision> running(Handle handle) {
        return handle.createQuery(SELECT + "where b.state = 'RUNNING' group by b.number order by b.number desc")
                .map(BulkRows::map)
                .list();
    }

    static List<BulkDecision> ofCause(Handle handle, Fingerprint cause, int limit) {
        return handle.createQuery(SELECT + """
            where b.number in (
                select number from bulk_decision where fingerprint = :cause order by number desc limit :limit)
            group by b.number order by b.number desc
            """)
                .bind("cause", cause.value())
                .bind("limit", limit)
                .map(BulkRows::map)
                .list();
    }

    /** Locks the one whose turn has been for longest, unless somebody else is at it. */
    static Optional<Turn> lockNext(Handle handle) {
        return handle.createQuery("""
            select number, fingerprint, decision,
                (select content #>> '{}' from person where ref = 'N-B-' || number) as note
            from bulk_decision where state = 'RUNNING' and next_at <= clock_timestamp()
            order by next_at limit 1 for no key update skip locked
            """)
                .map((row, context) -> new Turn(
                        row.getLong("number"),
                        new Fingerprint(row.getString("fingerprint")),
                        CaseRows.decision(row, "decision").orElseThrow()))
                .findOne();
    }

    static Optional<CaseId> pending(Handle handle, long bulk) {
        return handle.createQuery("""
            select number from bulk_decision_case where bulk = :bulk and state = 'PENDING'
            order by number limit 1
            """)
                .bind("bulk", bulk)
                .mapTo(Long.class)
                .findOne()
                .map(CaseRows::id);
    }

    /** The next turn comes when its share of a second is over, whoever takes it. Turns that nobody took are made up for within a second. */
    static void done(Handle handle, long bulk, CaseId id, Outcome outcome, Optional<String> reason) {
        handle.createUpdate("""
            with turned as (
                update bulk_decision set next_at = greatest(next_at, clock_timestamp() - interval '1 second')
                    + make_interval(secs => 1.0 / per_second)
                where number = :bulk)
            update bulk_decision_case set state = :outcome, reason = :reason
            where bulk = :bulk and number = :case and state = 'PENDING'
            """)
                .bind("bulk", bulk)
                .bind("case", CaseRows.number(id))
                .bind("outcome", outcome)
                .bind("reason", reason.orElse(null))
                .execute();
    }

    /** One that has ended stays as it ended. */
    static void end(Handle handle, long bulk, BulkDecision.State state, Optional<String> stoppedBy, Instant now) {
        handle.createUpdate("""
            update bulk_decision set state = :state, ended_at = :now, stopped_by = :stoppedBy
            where number = :bulk and state = 'RUNNING'
            """)
                .bind("state", state)
                .bind("stoppedBy", stoppedBy.orElse(null))
                .bind("now", Columns.at(now))
                .bind("bulk", bulk)
                .execute();
    }

    static long number(BulkId id) {
        return Long.parseLong(id.value().substring("B-".length()));
    }

    private static BulkDecision map(ResultSet row, StatementContext context) throws SQLException {
        return new BulkDecision(
                new BulkId("B-" + row.getLong("number")),
                new Fingerprint(row.getString("fingerprint")),
                CaseRows.decision(row, "decision").orElseThrow(),
                BulkDecision.State.valueOf(row.getString("state")),
                row.getInt("per_second"),
                row.getInt("pending"),
                row.getInt("decided"),
                row.getInt("proposed"),
                row.getInt("skipped"),
                Columns.instant(row, "begun_at"),
                Columns.optionalInstant(row, "ended_at"),
                Columns.optionalText(row, "stopped_by"));
    }
}
