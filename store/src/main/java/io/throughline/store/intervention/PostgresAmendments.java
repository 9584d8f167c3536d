package io.throughline.store.intervention;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.AmendedPerson;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.AmendmentId;
import io.throughline.domain.intervention.Amendments;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.order.OrderId;
import io.throughline.store.customer.AmendmentRows;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.TraceLine;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Amendments in PostgreSQL: what is personal of them with the people, the rest in a table of its own. */
public final class PostgresAmendments implements Amendments {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresAmendments(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Amendment keep(CaseId id, Map<String, String> fields, String actor) {
        return transactions.in(handle -> {
            Case about = CaseRows.locked(handle, id).orElseThrow(() -> new IllegalDecision("no case " + id));
            Map<String, String> was = was(handle, about, fields);
            return AmendmentRows.latest(handle, id)
                    .filter(latest -> latest.fields().equals(fields))
                    .filter(latest ->
                            about.status() != CaseStatus.OPEN || latest.was().equals(was))
                    .orElseGet(() -> keep(handle, about, fields, was, actor));
        });
    }

    private Amendment keep(
            Handle handle, Case about, Map<String, String> fields, Map<String, String> was, String actor) {
        if (about.status() != CaseStatus.OPEN) {
            throw new IllegalDecision(about.id() + " is " + about.status() + " and takes no other decision");
        }
        if (!about.legalActions().contains(Action.AMEND_AND_RETRY)) {
            throw new IllegalDecision(about.id() + " (" + about.code() + ") takes no amendment");
        }
        refuseForgotten(handle, about, fields);
        Amendment kept = AmendmentRows.insert(
                handle, about.id(), TraceLine.of(about.subject()), fields, was, actor, clock.instant());
        trace.append(
                handle,
                about.subject(),
                "case.amendment",
                actor + " keeps " + kept.id() + " for " + about.id() + ": "
                        + String.join(", ", new TreeSet<>(fields.keySet())),
                Map.of("case", about.id().value(), "amendment", kept.id().value(), "actor", actor));
        return kept;
    }

    private static void refuseForgotten(Handle handle, Case about, Map<String, String> fields) {
        boolean personal = fields.keySet().stream()
                .anyMatch(
                        field -> Amendable.of(field).filter(Amendable::personal).isPresent());
        if (personal && person(handle, about).isEmpty()) {
            throw new IllegalDecision("nothing is known of the customer of " + about.subject()
                    + ", or it was forgotten: there is nothing to amend");
        }
    }

    private static Map<String, String> was(Handle handle, Case about, Map<String, String> fields) {
        Map<String, String> was = now(handle, about);
        was.keySet().retainAll(fields.keySet());
        return was;
    }

    @Override
    public Optional<Amendment> find(AmendmentId id) {
        return transactions.with(handle -> AmendmentRows.find(handle, id));
    }

    @Override
    public Optional<Amendment> latest(CaseId about) {
        return transactions.with(handle -> AmendmentRows.latest(handle, about));
    }

    @Override
    public Map<String, String> now(Case about) {
        return transactions.with(handle -> now(handle, about));
    }

    private static Map<String, String> now(Handle handle, Case about) {
        Map<String, String> now = new HashMap<>();
        if (about.code().amendable().contains(Amendable.POSTING_DATE)) {
            RefusedDocuments.day(handle, about).ifPresent(day -> now.put(Amendable.POSTING_DATE.key(), day.toString()));
        }
        if (about.code().amendable().stream().anyMatch(Amendable::personal)) {
            person(handle, about).map(AmendedPerson::fields).ifPresent(now::putAll);
            now.keySet()
                    .removeIf(field -> about.code().amendable().stream()
                            .map(Amendable::key)
                            .noneMatch(field::equals));
        }
        return now;
    }

    private static Optional<PersonalData> person(Handle handle, Case about) {
        Optional<OrderId> order = AmendedFacts.order(about);
        Optional<CustomerRef> ref = order.map(known -> AmendedFacts.customer(handle, known));
        return ref.filter(known -> PersonRows.content(handle, known).isPresent())
                .flatMap(known -> PersonRows.find(handle, known));
    }
}
