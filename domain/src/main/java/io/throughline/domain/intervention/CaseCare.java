package io.throughline.domain.intervention;

import java.time.Instant;
import java.util.Optional;

/**
 * What people do about a case beside deciding it. Each change is one entry in the trace of its subject, in the same transaction; doing the
 * same again changes nothing. What the case does not allow is an {@link IllegalDecision}.
 */
public interface CaseCare {
    /** Whose it is from now on; empty: nobody's in particular. One that is closed is given to nobody. */
    CaseFile assign(CaseId id, Optional<String> assignee, String actor);

    /** {@code words} are kept with the personal data and erased with it; the trace tells that something was said. */
    CaseFile comment(CaseId id, String words, String actor);

    /** Nobody wants to see it until then; empty: everybody does. Only an open case sleeps, and its clock goes on. */
    CaseFile snooze(CaseId id, Optional<Instant> until, String actor);

    /**
     * Opens a closed case again: it was not over. Its clock begins anew. Refused where the step has another case by now. A process that has
     * passed the step does not go back to it.
     */
    CaseFile reopen(CaseId id, String reason, String actor);

    /** Tells the next group of open cases that are overdue for long enough; gives how many. Any number of processes may do so at once. */
    int escalate(int atMost);
}
