package io.throughline.store.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The cases, in PostgreSQL. What people wrote (notes, amended values) stays in the case; the trace, which can't be erased, names it only. */
public final class PostgresCases implements Cases {
    private static final String SELECT = """
            select number, account, subject, step, code, detail, status, opened_at, due_at, decision, closed_at
            from support_case
            """;

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresCases(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Case open(AccountId account, String subject, String step, FailureCode code, String detail) {
        return transactions.in(handle -> {
            while (true) {
                Optional<Case> current = current(handle, subject, step);
                if (current.isPresent()) {
                    return current.get();
                }
                Optional<Case> opened = insert(handle, account, subject, step, code, detail);
                if (opened.isPresent()) {
                    traceOpened(handle, opened.get());
                    return opened.get();
                }
            }
        });
    }

    /** Empty when somebody else has just opened it. */
    private Optional<Case> insert(
            Handle handle, AccountId account, String subject, String step, FailureCode code, String detail) {
        Instant now = clock.instant();
        return handle.createQuery("""
                        insert into support_case (account, subject, step, code, detail, opened_at, due_at)
                        values (:account, :subject, :step, :code, :detail, :now, :due)
                        on conflict (subject, step) where status <> 'CLOSED' do nothing
                        returning number, account, subject, step, code, detail, status, opened_at, due_at, decision, closed_at
                        """)
                .bind("account", account.value())
                .bind("subject", subject)
                .bind("step", step)
                .bind("code", code)
                .bind("detail", detail)
                .bind("now", Columns.at(now))
                .bind("due", Columns.at(now.plus(code.target())))
                .map((row, context) -> map(row))
                .findOne();
    }

    private void traceOpened(Handle handle, Case opened) {
        trace.append(
                handle,
                opened.subject(),
                "case.opened",
                opened.id() + " at " + opened.step() + ": " + opened.code(),
                Map.of(
                        "case", opened.id().value(),
                        "step", opened.step(),
                        "code", opened.code().name(),
                        "detail", opened.detail(),
                        "due", opened.dueAt().toString()),
                List.of(opened.id().value(), "case/" + opened.id()));
    }

    @Override
    public Optional<Case> find(CaseId id) {
        return transactions.with(handle -> find(handle, id, ""));
    }

    @Override
    public Optional<Case> current(String subject, String step) {
        return transactions.with(handle -> current(handle, subject, step));
    }

    @Override
    public List<Case> ofSubject(String subject) {
        return transactions.with(handle -> handle.createQuery(SELECT + "where subject = :subject order by number")
                .bind("subject", subject)
                .map((row, context) -> map(row))
                .list());
    }

    @Override
    public List<Case> list(CaseFilter filter) {
        return transactions.with(handle -> handle.createQuery(SELECT + """
                        where status = coalesce(cast(:status as text), status)
                            and code = coalesce(cast(:code as text), code)
                            and account = coalesce(cast(:account as text), account)
                        order by number desc limit :limit
                        """)
                .bind("status", filter.status().map(CaseStatus::name).orElse(null))
                .bind("code", filter.code().map(FailureCode::name).orElse(null))
                .bind("account", filter.account().map(AccountId::value).orElse(null))
                .bind("limit", filter.limit())
                .map((row, context) -> map(row))
                .list());
    }

    @Override
    public Case decide(CaseId id, Decision decision) {
        return transactions.in(handle -> decide(handle, id, decision));
    }

    Case decide(Handle handle, CaseId id, Decision decision) {
        Case found = find(handle, id, "for no key update").orElseThrow(() -> new IllegalDecision("no case " + id));
        if (found.decision().filter(taken -> same(taken, decision)).isPresent()) {
            return found;
        }
        refuseIllegal(found, decision);
        Decision kept = new Decision(
                decision.action(),
                decision.actor(),
                decision.actorVerified(),
                decision.note(),
                decision.amendment(),
                Columns.at(decision.at()).toInstant());
        handle.createUpdate("""
                        update support_case set status = 'DECIDED', decision = cast(:decision as jsonb)
                        where number = :number
                        """)
                .bind("decision", CanonicalJson.write(kept))
                .bind("number", number(id))
                .execute();
        traceDecided(handle, found, kept);
        return find(handle, id, "").orElseThrow();
    }

    private static void refuseIllegal(Case found, Decision decision) {
        if (found.status() != CaseStatus.OPEN) {
            String before = found.decision()
                    .map(taken -> ": " + taken.actor() + " decided " + taken.action())
                    .orElse("");
            throw new IllegalDecision(found.id() + " is " + found.status() + " and takes no other decision" + before);
        }
        if (!found.legalActions().contains(decision.action())) {
            throw new IllegalDecision(found.id() + " (" + found.code() + ") allows " + found.legalActions() + ", not "
                    + decision.action());
        }
    }

    private void traceDecided(Handle handle, Case found, Decision decision) {
        Map<String, String> detail = new HashMap<>();
        detail.put("case", found.id().value());
        detail.put("action", decision.action().name());
        detail.put("actor", decision.actor());
        detail.put("actorVerified", Boolean.toString(decision.actorVerified()));
        if (!decision.amendment().isEmpty()) {
            detail.put(
                    "amended",
                    String.join(", ", new TreeSet<>(decision.amendment().keySet())));
        }
        trace.append(
                handle,
                found.subject(),
                "case.decided",
                decision.actor() + " decides " + decision.action() + " for " + found.id(),
                detail);
    }

    @Override
    public void close(CaseId id, String outcome) {
        transactions.run(handle -> {
            Case found = find(handle, id, "for no key update")
                    .orElseThrow(() -> new IllegalArgumentException("no case " + id));
            if (found.status() == CaseStatus.CLOSED) {
                return;
            }
            handle.createUpdate("""
                            update support_case set status = 'CLOSED', outcome = :outcome, closed_at = :now
                            where number = :number
                            """)
                    .bind("outcome", outcome)
                    .bind("now", Columns.at(clock.instant()))
                    .bind("number", number(id))
                    .execute();
            trace.append(
                    handle,
                    found.subject(),
                    "case.closed",
                    id + " is closed: " + outcome,
                    Map.of("case", id.value(), "outcome", outcome));
        });
    }

    private static Optional<Case> current(Handle handle, String subject, String step) {
        return handle.createQuery(SELECT + "where subject = :subject and step = :step and status <> 'CLOSED'")
                .bind("subject", subject)
                .bind("step", step)
                .map((row, context) -> map(row))
                .findOne();
    }

    private static Optional<Case> find(Handle handle, CaseId id, String lock) {
        return handle.createQuery(SELECT + "where number = :number " + lock)
                .bind("number", number(id))
                .map((row, context) -> map(row))
                .findOne();
    }

    /** The same decision may be told twice, at two times. */
    private static boolean same(Decision one, Decision other) {
        return one.action() == other.action()
                && one.actor().equals(other.actor())
                && one.actorVerified() == other.actorVerified()
                && one.amendment().equals(other.amendment());
    }

    private static long number(CaseId id) {
        return Long.parseLong(id.value().substring("C-".length()));
    }

    private static Case map(ResultSet row) throws SQLException {
        return new Case(
                new CaseId("C-" + row.getLong("number")),
                AccountId.of(row.getString("account")),
                row.getString("subject"),
                row.getString("step"),
                FailureCode.valueOf(row.getString("code")),
                row.getString("detail"),
                CaseStatus.valueOf(row.getString("status")),
                Columns.instant(row, "opened_at"),
                Columns.instant(row, "due_at"),
                Columns.optionalText(row, "decision").map(decision -> CanonicalJson.read(decision, Decision.class)),
                Columns.optionalInstant(row, "closed_at"));
    }
}
