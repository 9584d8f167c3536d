package io.throughline.domain.intervention;

import io.throughline.domain.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** By when a case is to be resolved, from when it is at risk, and when the first group hears that it is late. */
public record CaseTerms(Instant dueAt, Instant atRiskAt, Optional<Instant> escalateAt) {
    /** For a case with this code whose clock begins at {@code start}. */
    public static CaseTerms of(CasePolicy policy, FailureCode code, Instant start) {
        Duration whole = policy.rule(code).dueAfter();
        Instant due = start.plus(whole);
        return new CaseTerms(
                due,
                start.plus(whole.multipliedBy(4).dividedBy(5)),
                policy.escalation(code, 0).map(first -> due.plus(first.overdue())));
    }
}
