package io.throughline.worker;

import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.CaseCare;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CauseProbes;
import io.throughline.domain.order.AwaitedProducts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, again and again, after cases that nobody looks after: tells the next group of those that are overdue, has tried again what
 * comes from a cause that has gone, tries whether a cause has, and wakes who waits for a product that there is by now. Every worker does so; they
 * share the work.
 */
final class CaseWatch extends RepeatedWork {
    private static final Logger LOG = LoggerFactory.getLogger(CaseWatch.class);
    private static final int MOST_AT_ONCE = 500;

    /** Each of them reads its order anew at its channel. */
    private static final int MOST_WOKEN_AT_ONCE = 20;

    /** Causes are counted over all open cases, which may be many, and nobody waits for a probe by the second. */
    private static final Duration PROBED_EVERY = Duration.ofMinutes(1);

    private final CaseCare care;
    private final BulkDecisions decisions;
    private final CauseProbes probes;
    private final AwaitedProducts awaited;
    private final Catalog catalog;
    private final CasePolicies policies;
    private final Clock clock;
    private Instant probesNext = Instant.EPOCH;

    CaseWatch(
            CaseCare care,
            BulkDecisions decisions,
            CauseProbes probes,
            AwaitedProducts awaited,
            Catalog catalog,
            CasePolicies policies,
            Clock clock,
            Duration every) {
        super("case-watch", every);
        this.care = care;
        this.decisions = decisions;
        this.probes = probes;
        this.awaited = awaited;
        this.catalog = catalog;
        this.policies = policies;
        this.clock = clock;
    }

    /** While the database is away it waits for the next turn. What fails of it keeps the other from nothing. */
    @Override
    void work() {
        attempt("cases can't be escalated", () -> care.escalate(MOST_AT_ONCE));
        attempt("cases can't be tried again", this::retryWhatIsBack);
        attempt("causes can't be tried", this::probe);
        attempt("who waits for products can't be woken", () -> awaited.wake(catalog, MOST_WOKEN_AT_ONCE));
    }

    private void probe() {
        Instant now = clock.instant();
        if (!now.isBefore(probesNext)) {
            probes.probe(policies.at(now).probes());
            probesNext = now.plus(PROBED_EVERY);
        }
    }

    private void retryWhatIsBack() {
        CasePolicy policy = policies.at(clock.instant());
        int causes = decisions.retryWhatIsBack(policy.retriedWhenBack(), policy.decisionsPerSecond());
        if (causes > 0) {
            LOG.info("{} causes have gone: their cases are tried again", causes);
        }
    }
}
