package io.throughline.domain.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The cases in memory, numbered from C-1001; how each was closed is kept beside it. */
public final class TestingCases implements Cases {
    private final Clock clock;
    private final Map<CaseId, Case> cases = new LinkedHashMap<>();
    private final Map<CaseId, String> outcomes = new LinkedHashMap<>();

    public TestingCases(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Case open(AccountId account, String subject, String step, FailureCode code, String detail) {
        return current(subject, step).orElseGet(() -> {
            CaseId id = new CaseId("C-" + (1001 + cases.size()));
            Case opened = new Case(
                    id,
                    account,
                    subject,
                    step,
                    code,
                    detail,
                    CaseStatus.OPEN,
                    clock.instant(),
                    clock.instant().plus(code.target()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            cases.put(id, opened);
            return opened;
        });
    }

    @Override
    public synchronized Optional<Case> find(CaseId id) {
        return Optional.ofNullable(cases.get(id));
    }

    @Override
    public synchronized Optional<Case> current(String subject, String step) {
        return cases.values().stream()
                .filter(one -> one.subject().equals(subject) && one.step().equals(step))
                .filter(one -> one.status() != CaseStatus.CLOSED)
                .findFirst();
    }

    @Override
    public synchronized List<Case> ofSubject(String subject) {
        return cases.values().stream()
                .filter(one -> one.subject().equals(subject))
                .toList();
    }

    @Override
    public synchronized List<Case> unclosed(Collection<String> subjects) {
        return cases.values().stream()
                .filter(one -> subjects.contains(one.subject()) && one.status() != CaseStatus.CLOSED)
                .toList();
    }

    @Override
    public synchronized List<Case> unclosedOf(Set<FailureCode> codes, Optional<CaseId> after, int limit) {
        return cases.values().stream()
                .filter(one -> codes.contains(one.code()) && one.status() != CaseStatus.CLOSED)
                .filter(one ->
                        after.filter(last -> number(one.id()) <= number(last)).isEmpty())
                .limit(limit)
                .toList();
    }

    private static int number(CaseId id) {
        return Integer.parseInt(id.value().substring("C-".length()));
    }

    @Override
    public synchronized List<Case> list(CaseFilter filter) {
        return cases.values().stream()
                .filter(one -> filter.status().map(one.status()::equals).orElse(true))
                .filter(one -> filter.code().map(one.code()::equals).orElse(true))
                .filter(one -> filter.account().map(one.account()::equals).orElse(true))
                .toList()
                .reversed()
                .stream()
                .limit(filter.limit())
                .toList();
    }

    @Override
    public synchronized Case decide(CaseId id, Decision decision) {
        Case found = find(id).orElseThrow(() -> new IllegalDecision("no case " + id));
        if (found.status() != CaseStatus.OPEN
                && found.decision().filter(decision::repeats).isPresent()) {
            return found;
        }
        if (found.status() != CaseStatus.OPEN || !found.legalActions().contains(decision.action())) {
            throw new IllegalDecision(id + " is " + found.status() + " and allows " + found.legalActions());
        }
        decision.misfit(found.code()).ifPresent(misfit -> {
            throw new IllegalDecision(misfit.toString());
        });
        return put(
                found,
                CaseStatus.DECIDED,
                Optional.of(found.decision().map(decision::after).orElse(decision)));
    }

    @Override
    public synchronized Case reopen(CaseId id, Decision tried, FailureCode code, String detail) {
        Case found = find(id).orElseThrow();
        if (found.status() != CaseStatus.DECIDED || !found.decision().equals(Optional.of(tried))) {
            return found;
        }
        return put(found, code, detail, CaseStatus.OPEN, found.decision(), Optional.empty());
    }

    @Override
    public synchronized Case restate(CaseId id, String detail) {
        Case found = find(id).orElseThrow();
        return found.status() == CaseStatus.OPEN
                ? put(found, found.code(), detail, CaseStatus.OPEN, found.decision(), found.toldAt())
                : found;
    }

    @Override
    public synchronized boolean settle(CaseId id, String outcome) {
        boolean open =
                find(id).filter(found -> found.status() == CaseStatus.OPEN).isPresent();
        if (open) {
            close(id, outcome);
        }
        return open;
    }

    @Override
    public synchronized void told(CaseId id) {
        find(id).ifPresent(found -> put(
                found, found.code(), found.detail(), found.status(), found.decision(), Optional.of(clock.instant())));
    }

    /** A decision that was stored when other rules held. */
    public synchronized void decideAgainstTheRules(CaseId id, Decision decision) {
        find(id).ifPresent(found -> put(found, CaseStatus.DECIDED, Optional.of(decision)));
    }

    /** The decision of a known person. */
    public Case decide(CaseId id, Action action) {
        return decide(id, action, Map.of());
    }

    public Case decide(CaseId id, Action action, Map<String, String> amendment) {
        return decide(
                id, new Decision(action, "ada@northwind.example", true, Optional.empty(), amendment, clock.instant()));
    }

    @Override
    public synchronized void close(CaseId id, String outcome) {
        find(id).filter(found -> found.status() != CaseStatus.CLOSED).ifPresent(found -> {
            put(found, CaseStatus.CLOSED, found.decision());
            outcomes.put(id, outcome);
        });
    }

    public synchronized List<Case> open() {
        return cases.values().stream()
                .filter(one -> one.status() == CaseStatus.OPEN)
                .toList();
    }

    public synchronized List<Case> all() {
        return List.copyOf(cases.values());
    }

    public synchronized Optional<String> outcome(CaseId id) {
        return Optional.ofNullable(outcomes.get(id));
    }

    private Case put(Case found, CaseStatus status, Optional<Decision> decision) {
        return put(found, found.code(), found.detail(), status, decision, found.toldAt());
    }

    private Case put(
            Case found,
            FailureCode code,
            String detail,
            CaseStatus status,
            Optional<Decision> decision,
            Optional<Instant> toldAt) {
        Case changed = new Case(
                found.id(),
                found.account(),
                found.subject(),
                found.step(),
                code,
                detail,
                status,
                found.openedAt(),
                found.dueAt(),
                decision,
                status == CaseStatus.CLOSED ? Optional.of(clock.instant()) : Optional.empty(),
                toldAt);
        cases.put(found.id(), changed);
        return changed;
    }
}
