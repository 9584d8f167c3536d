package io.throughline.store.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.order.PostgresOrders;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The cases, in PostgreSQL. Notes stay with the personal data, for the trace can't be erased; so does what
 * was amended of a person, in whose place the trace tells the name of the amendment.
 */
public final class PostgresCases implements Cases {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final CaseWriter writer;
    private final Clock clock;

    public PostgresCases(Transactions transactions, TraceWriter trace, CaseWriter writer, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.writer = writer;
        this.clock = clock;
    }

    @Override
    public Case open(AccountId account, String subject, String step, FailureCode code, String detail) {
        return transactions.in(handle -> writer.open(handle, account, subject, step, code, detail));
    }

    @Override
    public Optional<Case> find(CaseId id) {
        return transactions.with(handle -> CaseRows.find(handle, id));
    }

    @Override
    public Optional<Case> current(String subject, String step) {
        return transactions.with(handle -> CaseRows.current(handle, subject, step));
    }

    @Override
    public List<Case> ofSubject(String subject) {
        return transactions.with(handle -> CaseRows.ofSubject(handle, subject));
    }

    @Override
    public List<Case> unclosed(Collection<String> subjects) {
        return transactions.with(handle -> handle.createQuery(CaseRows.SELECT
                        + "where subject = any(cast(:subjects as text[])) and status <> 'CLOSED' order by number")
                .bindArray("subjects", String.class, subjects)
                .map(CaseRows::map)
                .list());
    }

    static final String UNCLOSED_OF = CaseRows.SELECT + """
            where code = any(cast(:codes as text[])) and status <> 'CLOSED' and number > :after
            order by number limit :limit
            """;

    @Override
    public List<Case> unclosedOf(Set<FailureCode> codes, Optional<CaseId> after, int limit) {
        return transactions.with(handle -> handle.createQuery(UNCLOSED_OF)
                .bindArray(
                        "codes",
                        String.class,
                        codes.stream().map(FailureCode::name).toList())
                .bind("after", after.map(CaseRows::number).orElse(0L))
                .bind("limit", limit)
                .map(CaseRows::map)
                .list());
    }

    @Override
    public List<Case> list(CaseFilter filter) {
        return transactions.with(handle -> {
            Query query = handle.createQuery(CaseRows.SELECT + where(filter) + " order by number desc limit :limit");
            filter.account().ifPresent(account -> query.bind("account", account.value()));
            return query.bind("limit", filter.limit()).map(CaseRows::map).list();
        });
    }

    /** Only what is asked for is a condition, and names of ours stand in the statement itself, so that their indexes are used. */
    private static String where(CaseFilter filter) {
        List<String> conditions = new ArrayList<>();
        filter.status().ifPresent(status -> conditions.add("status = '" + status + "'"));
        filter.code().ifPresent(code -> conditions.add("code = '" + code + "'"));
        filter.account().ifPresent(account -> conditions.add("account = :account"));
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    }

    @Override
    public Case decide(CaseId id, Decision decision) {
        return transactions.in(handle -> decide(handle, id, decision));
    }

    Case decide(Handle handle, CaseId id, Decision decision) {
        Case found = CaseRows.locked(handle, id).orElseThrow(() -> new IllegalDecision("no case " + id));
        if (found.status() != CaseStatus.OPEN
                && found.decision().filter(decision::repeats).isPresent()) {
            return found;
        }
        refuseIllegal(found, decision);
        Decision complete = RefusedDocuments.compare(
                handle, found, found.decision().map(decision::after).orElse(decision));
        handle.createUpdate("""
            update support_case set status = 'DECIDED', decision = cast(:decision as jsonb),
                decision_was = cast(:was as jsonb), proposal = null, snoozed_until = null
            where number = :number
            """)
                .bind("decision", CaseRows.kept(complete))
                .bind("was", CaseRows.keptWas(complete))
                .bind("number", CaseRows.number(id))
                .execute();
        int readdressed = AmendedFacts.become(handle, found, decision, complete, clock.instant());
        complete.note().ifPresent(note -> PersonRows.say(handle, found.subject(), id.value(), note));
        traceDecided(handle, found, complete);
        PostgresOrders.traceReaddressed(handle, trace, found.subject(), readdressed);
        return CaseRows.find(handle, id).orElseThrow();
    }

    static void refuseIllegal(Case found, Decision decision) {
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
        decision.misfit(found.code()).ifPresent(misfit -> {
            throw new IllegalDecision(found.id() + " (" + found.code() + ") can't be decided so: " + misfit);
        });
        if (decision.saysPersonal()) {
            throw new IllegalDecision(
                    found.id() + " can't be decided so: keep the amendment first, and decide by its id");
        }
    }

    private void traceDecided(Handle handle, Case found, Decision decision) {
        trace.append(
                handle,
                found.subject(),
                "case.decided",
                decision.actor() + " decides " + decision.action() + " for " + found.id(),
                told(found, decision));
    }

    /** What the trace tells of a decision, or of one that is proposed. */
    static Map<String, String> told(Case about, Decision decision) {
        Map<String, String> detail = new HashMap<>();
        detail.put("case", about.id().value());
        detail.put("action", decision.action().name());
        detail.put("actor", decision.actor());
        detail.put("actorVerified", Boolean.toString(decision.actorVerified()));
        if (!decision.amendment().isEmpty()) {
            detail.put(
                    "amended",
                    decision.changes().stream().map(Decision.Change::toString).collect(Collectors.joining(", ")));
        }
        return detail;
    }

    @Override
    public Case reopen(CaseId id, Decision tried, FailureCode code, String detail) {
        return transactions.in(handle -> {
            Case found = CaseRows.locked(handle, id).orElseThrow(() -> new IllegalArgumentException("no case " + id));
            if (found.status() != CaseStatus.DECIDED || !found.decision().equals(Optional.of(tried))) {
                return found;
            }
            handle.createUpdate("""
                update support_case set status = 'OPEN', code = :code, detail = :detail, told_at = null,
                    fingerprint = :fingerprint
                where number = :number
                """)
                    .bind("code", code)
                    .bind("detail", detail)
                    .bind(
                            "fingerprint",
                            Fingerprint.of(code, found.step(), detail).value())
                    .bind("number", CaseRows.number(id))
                    .execute();
            trace.append(
                    handle,
                    found.subject(),
                    "case.reopened",
                    id + " is open again: " + tried.action() + " failed with " + code,
                    Map.of("case", id.value(), "code", code.name(), "detail", detail));
            return CaseRows.find(handle, id).orElseThrow();
        });
    }

    @Override
    public Case restate(CaseId id, String detail) {
        return transactions.in(handle -> {
            Case found = CaseRows.locked(handle, id).orElseThrow(() -> new IllegalArgumentException("no case " + id));
            if (found.status() != CaseStatus.OPEN || found.detail().equals(detail)) {
                return found;
            }
            handle.createUpdate("""
                update support_case set detail = :detail, fingerprint = :fingerprint, proposal = null, proposal_was = null
                where number = :number
                """)
                    .bind("detail", detail)
                    .bind(
                            "fingerprint",
                            Fingerprint.of(found.code(), found.step(), detail).value())
                    .bind("number", CaseRows.number(id))
                    .execute();
            trace.append(
                    handle,
                    found.subject(),
                    "case.restated",
                    id + " asks in other words by now",
                    Map.of("case", id.value(), "code", found.code().name(), "detail", detail));
            return CaseRows.find(handle, id).orElseThrow();
        });
    }

    @Override
    public boolean settle(CaseId id, String outcome) {
        return transactions.in(handle -> {
            boolean open = CaseRows.locked(handle, id)
                    .filter(found -> found.status() == CaseStatus.OPEN)
                    .isPresent();
            if (open) {
                writer.close(handle, id, outcome);
            }
            return open;
        });
    }

    @Override
    public void told(CaseId id) {
        transactions.with(handle -> handle.createUpdate(
                        "update support_case set told_at = :now where number = :number and status <> 'CLOSED'")
                .bind("now", Columns.at(clock.instant()))
                .bind("number", CaseRows.number(id))
                .execute());
    }

    @Override
    public void close(CaseId id, String outcome) {
        transactions.run(handle -> writer.close(handle, id, outcome));
    }
}
