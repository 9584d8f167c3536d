package io.throughline.domain.intervention;

import io.throughline.domain.failure.FailureCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decisions about all open cases of one cause. They are stored first, and then carried out one case after the other, no faster than they
 * say, by any number of processes; each case is decided once, in one transaction with the note that it was, whoever dies in between.
 */
public interface BulkDecisions {
    /** What the same decision would be about if it was begun now. */
    Preview preview(Fingerprint cause, Decision decision);

    /** {@code secondPerson} of the cases would only be proposed. {@code sample}: the first ones. */
    record Preview(Fingerprint cause, int cases, int secondPerson, List<CaseId> sample) {
        public Preview {
            sample = List.copyOf(sample);
        }
    }

    /**
     * Begins it. Refused with {@link IllegalDecision} where the cause has no open case, does not allow the decision, or is being decided
     * about already; the same decision of the same actor, told again while it runs, is the same.
     */
    BulkDecision begin(Fingerprint cause, Decision decision, int perSecond);

    Optional<BulkDecision> find(BulkId id);

    /** Newest first. */
    List<BulkDecision> list(int limit);

    /** Newest first. */
    List<BulkDecision> running();

    /** Newest first. */
    List<BulkDecision> ofCause(Fingerprint cause, int limit);

    /** What is pending stays as it is. Empty: there is no such decision. One that has ended stays as it ended. */
    Optional<BulkDecision> stop(BulkId id, String actor);

    /** Decides the next case whose turn it is. False: none has its turn. */
    boolean decideNext();

    /**
     * Begins to try again what has one of these codes and a cause of which another case has come through since it was last tried; gives of
     * how many causes.
     */
    int retryWhatIsBack(Set<FailureCode> codes, int perSecond);

    /**
     * Begins to try again, in the name of the policy, whatever is open with one of these codes and was not tried {@code since} something has happened
     * ({@code why}). False: that is not all of it, for there is too much of it or a decision about its cause is under way; ask again later.
     */
    boolean retryOpen(Set<FailureCode> codes, Instant since, String why, int perSecond);
}
