package io.throughline.domain.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The cases, in PostgreSQL. Every change writes the subject's trace in the same transaction. */
public interface Cases {
    /** Opens a case, or gives the one that is already open or decided for this subject and step. */
    Case open(AccountId account, String subject, String step, FailureCode code, String detail);

    Optional<Case> find(CaseId id);

    /** The case that is OPEN or DECIDED for this subject and step. */
    Optional<Case> current(String subject, String step);

    List<Case> ofSubject(String subject);

    /** What is not closed of these subjects, the oldest first. */
    List<Case> unclosed(Collection<String> subjects);

    /** What is not closed with these codes, those after {@code after} by their numbers, the oldest first; at most {@code limit}. */
    List<Case> unclosedOf(Set<FailureCode> codes, Optional<CaseId> after, int limit);

    List<Case> list(CaseFilter filter);

    /**
     * Stores a decision. An action or an amendment that the code does not allow, or a case that is no longer open, is refused with
     * {@link IllegalDecision} and changes nothing; the same decision by the same actor again is the same decision. What was amended
     * before, in a decision that was not enough, stays amended.
     */
    Case decide(CaseId id, Decision decision);

    /**
     * What was decided was tried and has failed for the reason given: the case is open again and waits for another decision. Does nothing
     * where it no longer is {@code tried} that stands. Gives the case as it is then.
     */
    Case reopen(CaseId id, Decision tried, FailureCode code, String detail);

    /**
     * What an open case asks is asked in other words by now: it says so from here on, keeps its clock, and nothing that was proposed for it before holds.
     * Does nothing where it is no longer open. Gives the case as it is then.
     */
    Case restate(CaseId id, String detail);

    /** Closes an open case because its cause has gone by itself. False: somebody has decided about it meanwhile, or it is closed. */
    boolean settle(CaseId id, String outcome);

    /** Its process has heard of it, as it is now. */
    void told(CaseId id);

    /** Closes the case because its decision was carried out, or because its cause has gone. */
    void close(CaseId id, String outcome);

    /** What to list, the newest first, at most {@code limit} (1 to 500). */
    record CaseFilter(Optional<CaseStatus> status, Optional<FailureCode> code, Optional<AccountId> account, int limit) {
        public CaseFilter {
            if (limit < 1 || limit > 500) {
                throw new IllegalArgumentException("limit must be 1 to 500");
            }
        }
    }
}
