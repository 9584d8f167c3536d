package io.throughline.worker;

import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.CaseCare;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, again and again, after cases that nobody looks after: tells the next group of those that are overdue, and has tried again what
 * comes from a cause that has gone. Every worker does so; they share the work.
 */
final class CaseWatch extends RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(CaseWatch.class);
    private static final int MOST_AT_ONCE = 500;

    private final CaseCare care;
    private final BulkDecisions decisions;
    private final CasePolicies policies;
    private final Clock clock;

    CaseWatch(CaseCare care, BulkDecisions decisions, CasePolicies policies, Clock clock, Duration every) {
        super("case-watch", every);
        this.care = care;
        this.decisions = decisions;
        this.policies = policies;
        this.clock = clock;
    }

    /** While the database is away it waits for the next turn. What fails of it keeps the other from nothing. */
    @Override
    void work() {
        attempt("cases can't be escalated", () -> care.escalate(MOST_AT_ONCE));
        attempt("cases can't be tried again", this::retryWhatIsBack);
    }

    private void retryWhatIsBack() {
        CasePolicy policy = policies.at(clock.instant());
        int causes = decisions.retryWhatIsBack(policy.retriedWhenBack(), policy.decisionsPerSecond());
        if (causes > 0) {
            LOG.info("{} causes have gone: their cases are tried again", causes);
        }
    }
}
