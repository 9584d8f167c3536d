package io.throughline.store.internal;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.CaseTerms;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Opens and closes cases inside the transaction of what they are about. It ends with the trace, as a transaction should. */
public final class CaseWriter {
    private final TraceWriter trace;
    private final CasePolicies policies;
    private final Clock clock;

    public CaseWriter(TraceWriter trace, CasePolicies policies, Clock clock) {
        this.trace = trace;
        this.policies = policies;
        this.clock = clock;
    }

    /** Gives the one that is open or decided already for this subject and step, if there is one. */
    public Case open(Handle handle, AccountId account, String subject, String step, FailureCode code, String detail) {
        while (true) {
            Optional<Case> current = CaseRows.current(handle, subject, step);
            if (current.isPresent()) {
                return current.get();
            }
            Instant now = clock.instant();
            CaseTerms terms = CaseTerms.of(policies.at(now), code, now);
            Optional<Case> opened = CaseRows.insert(handle, account, subject, step, code, detail, now, terms);
            if (opened.isPresent()) {
                traceOpened(handle, opened.get());
                return opened.get();
            }
        }
    }

    /** Where its entries begin is kept with the case: the line of a busy place is long. */
    private void traceOpened(Handle handle, Case opened) {
        long seq = trace.append(
                handle,
                opened.subject(),
                "case.opened",
                opened.id() + " at " + opened.step() + ": " + opened.code(),
                Map.of(
                        "account", opened.account().value(),
                        "case", opened.id().value(),
                        "step", opened.step(),
                        "code", opened.code().name(),
                        "detail", opened.detail(),
                        "due", opened.dueAt().toString()),
                List.of(opened.id().value(), "case/" + opened.id()));
        handle.createUpdate("update support_case set opened_seq = :seq where number = :number")
                .bind("seq", seq)
                .bind("number", CaseRows.number(opened.id()))
                .execute();
    }

    /** One that is closed already stays as it is. */
    public void close(Handle handle, CaseId id, String outcome) {
        Case found = CaseRows.locked(handle, id).orElseThrow(() -> new IllegalArgumentException("no case " + id));
        if (found.status() == CaseStatus.CLOSED) {
            return;
        }
        handle.createUpdate("""
                        update support_case set status = 'CLOSED', outcome = :outcome, closed_at = :now,
                            snoozed_until = null, proposal = null
                        where number = :number
                        """)
                .bind("outcome", outcome)
                .bind("now", Columns.at(clock.instant()))
                .bind("number", CaseRows.number(id))
                .execute();
        trace.append(
                handle,
                found.subject(),
                "case.closed",
                id + " is closed: " + outcome,
                Map.of("account", found.account().value(), "case", id.value(), "outcome", outcome));
    }
}
