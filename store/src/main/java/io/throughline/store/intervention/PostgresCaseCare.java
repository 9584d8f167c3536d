package io.throughline.store.intervention;

import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseCare;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.CaseTerms;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.OwnerGroup.Escalation;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** What people do about cases, in PostgreSQL. Whoever is assigned is named; what is said stays with the personal data. */
public final class PostgresCaseCare implements CaseCare {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final CasePolicies policies;
    private final Clock clock;

    public PostgresCaseCare(Transactions transactions, TraceWriter trace, CasePolicies policies, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public CaseFile assign(CaseId id, Optional<String> assignee, String actor) {
        return change(id, (handle, file) -> {
            refuse(file.about().status() == CaseStatus.CLOSED, id + " is closed: reopen it first");
            if (file.assignee().equals(assignee)) {
                return;
            }
            update(handle, id, "assignee = :assignee")
                    .bind("assignee", assignee.orElse(null))
                    .execute();
            tell(
                    handle,
                    file,
                    "case.assigned",
                    actor,
                    assignee.map(one -> actor + " assigns " + id + " to " + one)
                            .orElseGet(() -> actor + " takes " + id + " from whoever had it"),
                    assignee.map(one -> Map.of("assignee", one)).orElseGet(Map::of));
        });
    }

    /** Each comment is a row of words of its own; the number of the words is all that the trace keeps of them. */
    @Override
    public CaseFile comment(CaseId id, String words, String actor) {
        return change(id, (handle, file) -> {
            int number = handle.createQuery(
                            "update support_case set words = words + 1 where number = :number returning words")
                    .bind("number", CaseRows.number(id))
                    .mapTo(Integer.class)
                    .one();
            PersonRows.say(handle, file.about().subject(), words(id, Integer.toString(number)), words);
            tell(
                    handle,
                    file,
                    "case.commented",
                    actor,
                    actor + " comments on " + id,
                    Map.of("words", Integer.toString(number)));
        });
    }

    /** What a comment is called among the rows of words. */
    static String words(CaseId id, String number) {
        return id + "/" + number;
    }

    @Override
    public CaseFile snooze(CaseId id, Optional<Instant> until, String actor) {
        return change(id, (handle, file) -> {
            refuse(
                    file.about().status() != CaseStatus.OPEN,
                    id + " is " + file.about().status() + ": only an open case sleeps");
            refuse(
                    until.filter(clock.instant()::isBefore).isEmpty() && until.isPresent(),
                    id + " can't sleep until the past");
            Optional<Instant> kept = until.map(Columns::at).map(at -> at.toInstant());
            if (file.snoozedUntil().equals(kept)) {
                return;
            }
            update(handle, id, "snoozed_until = cast(:until as timestamptz)")
                    .bind("until", Columns.at(until))
                    .execute();
            tell(
                    handle,
                    file,
                    "case.snoozed",
                    actor,
                    kept.map(at -> actor + " lets " + id + " sleep until " + at.truncatedTo(ChronoUnit.SECONDS))
                            .orElseGet(() -> actor + " wakes " + id),
                    kept.map(at -> Map.of("until", at.toString())).orElseGet(Map::of));
        });
    }

    @Override
    public CaseFile reopen(CaseId id, String reason, String actor) {
        return change(id, (handle, file) -> {
            Case closed = file.about();
            refuse(closed.status() != CaseStatus.CLOSED, id + " is " + closed.status() + " as it is");
            CaseRows.current(handle, closed.subject(), closed.step()).ifPresent(other -> {
                throw new IllegalDecision(id + " is followed by " + other.id() + ": go on with that one");
            });
            CaseTerms terms = CaseTerms.of(policy(), closed.code(), clock.instant());
            update(
                            handle,
                            id,
                            "status = 'OPEN', closed_at = null, outcome = null, due_at = :due, at_risk_at = :atRisk, "
                                    + "escalate_at = cast(:escalate as timestamptz), escalations = 0")
                    .bind("due", Columns.at(terms.dueAt()))
                    .bind("atRisk", Columns.at(terms.atRiskAt()))
                    .bind("escalate", Columns.at(terms.escalateAt()))
                    .execute();
            PersonRows.say(handle, closed.subject(), id.value(), reason);
            tell(
                    handle,
                    file,
                    "case.reopened",
                    actor,
                    actor + " opens " + id + " again",
                    Map.of("code", closed.code().name(), "due", terms.dueAt().toString()));
        });
    }

    /** One case after the other: a transaction locks one line of the trace only. */
    @Override
    public int escalate(int atMost) {
        int told = 0;
        while (told < atMost && transactions.in(this::escalateNext)) {
            told++;
        }
        return told;
    }

    private boolean escalateNext(Handle handle) {
        Optional<CaseFile> late = handle.createQuery(CaseFileRows.SELECT + """
                        where status = 'OPEN' and escalate_at <= :now
                        order by escalate_at limit 1 for no key update skip locked
                        """)
                .bind("now", Columns.at(clock.instant()))
                .map(CaseFileRows::map)
                .findOne();
        late.ifPresent(file -> escalate(handle, file));
        return late.isPresent();
    }

    private void escalate(Handle handle, CaseFile file) {
        Case open = file.about();
        Optional<Escalation> now = policy().escalation(open.code(), file.escalations());
        Optional<Instant> next = now.flatMap(told -> policy().escalation(open.code(), file.escalations() + 1))
                .map(later -> open.dueAt().plus(later.overdue()));
        update(handle, open.id(), "escalate_at = cast(:next as timestamptz), escalations = escalations + :told")
                .bind("next", Columns.at(next))
                .bind("told", now.isPresent() ? 1 : 0)
                .execute();
        now.ifPresent(told -> tell(
                handle,
                file,
                "case.escalated",
                Optional.empty(),
                open.id() + " is overdue since " + open.dueAt() + ": " + told.to() + " hears of it",
                Map.of(
                        "to", told.to(),
                        "code", open.code().name(),
                        "owner", policy().owner(open.code()),
                        "due", open.dueAt().toString())));
    }

    private CaseFile change(CaseId id, BiConsumer<Handle, CaseFile> work) {
        return transactions.in(handle -> {
            work.accept(
                    handle, CaseFileRows.locked(handle, id).orElseThrow(() -> new IllegalDecision("no case " + id)));
            return CaseFileRows.find(handle, id).orElseThrow();
        });
    }

    private static Update update(Handle handle, CaseId id, String what) {
        return handle.createUpdate("update support_case set " + what + " where number = :number")
                .bind("number", CaseRows.number(id));
    }

    private void tell(
            Handle handle, CaseFile file, String kind, String actor, String summary, Map<String, String> detail) {
        tell(handle, file, kind, Optional.of(actor), summary, detail);
    }

    private void tell(
            Handle handle,
            CaseFile file,
            String kind,
            Optional<String> actor,
            String summary,
            Map<String, String> detail) {
        Map<String, String> all = new HashMap<>(detail);
        all.put("case", file.about().id().value());
        actor.ifPresent(one -> all.put("actor", one));
        trace.append(handle, file.about().subject(), kind, summary, all);
    }

    private CasePolicy policy() {
        return policies.at(clock.instant());
    }

    private static void refuse(boolean illegal, String why) {
        if (illegal) {
            throw new IllegalDecision(why);
        }
    }
}
