package io.throughline.domain.intervention;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CasePolicy.Probe;
import java.util.Map;
import java.util.Set;

/** Tries one case of a cause by itself now and then: when it comes through, the cause has gone, and the others follow ({@link BulkDecisions}). */
public interface CauseProbes {
    /** Steps by which money goes back, whatever code they are refused with: whether one is tried is a person's to say. */
    Set<String> GIVING_BACK = Set.of("channel.cancel");

    /**
     * Decides RETRY, in the name of the policy, for one open case of each cause whose turn it is: the one that was not tried for longest. It is decided as
     * anybody's decision is, never where a decision waits for its second person or money would go back, and not while a case sleeps. Gives how many.
     * Any number of processes may do so at once.
     */
    int probe(Map<FailureCode, Probe> rules);
}
