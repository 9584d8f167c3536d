package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.BulkDecision;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.BulkId;
import io.throughline.domain.intervention.CaseCare;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CasePolicy.Probe;
import io.throughline.domain.intervention.CauseProbes;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.SampleCasePolicies;
import io.throughline.domain.order.AwaitedProducts;
import io.throughline.domain.order.OrderKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the worker does about cases by itself. */
class CaseWatchTest {
    private static final CasePolicy POLICY = SampleCasePolicies.tenHours();

    private final Recorded recorded = new Recorded();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));

    @Test
    void tellsOfWhatIsLateAndTriesAgainWhatThePolicySays() {
        watch().work();

        assertThat(recorded.escalations).isEqualTo(1);
        assertThat(recorded.retried).isEqualTo(POLICY.retriedWhenBack()).contains(FailureCode.ERP_REJECTED);
        assertThat(recorded.perSecond).isEqualTo(5);
        assertThat(recorded.probes).isEqualTo(1);
        assertThat(recorded.wakings).isEqualTo(1);
    }

    @Test
    void causesAreTriedOnceAMinute() {
        CaseWatch watch = watch();
        watch.work();
        watch.work();
        assertThat(recorded.probes).isEqualTo(1);

        clock.advance(Duration.ofMinutes(1));
        watch.work();
        assertThat(recorded.probes).isEqualTo(2);
        assertThat(recorded.wakings).isEqualTo(3);
    }

    @Test
    void whatFailsKeepsNothingElseFromBeingDone() {
        recorded.failing = true;

        watch().work();
        new BulkDecider(recorded, Duration.ofHours(1)).work();

        assertThat(recorded.escalations).isEqualTo(1);
        assertThat(recorded.retried).isNotEmpty();
        assertThat(recorded.turns).isEqualTo(1);
        assertThat(recorded.probes).isEqualTo(1);
        assertThat(recorded.wakings).isEqualTo(1);
    }

    @Test
    void takesTurnsUntilNoneIsLeft() {
        recorded.waiting = 7;

        new BulkDecider(recorded, Duration.ofHours(1)).work();

        assertThat(recorded.turns).isEqualTo(8);
    }

    private CaseWatch watch() {
        return new CaseWatch(
                recorded, recorded, recorded, recorded, sku -> true, instant -> POLICY, clock, Duration.ofHours(1));
    }

    /** Notes what is asked of it. */
    private static final class Recorded implements CaseCare, BulkDecisions, CauseProbes, AwaitedProducts {
        private boolean failing;
        private int escalations;
        private Set<FailureCode> retried = Set.of();
        private int perSecond;
        private int waiting;
        private int turns;
        private int probes;
        private int wakings;

        private void mayFail() {
            if (failing) {
                throw new IllegalStateException("PostgreSQL is away");
            }
        }

        @Override
        public int escalate(int atMost) {
            escalations++;
            mayFail();
            return 0;
        }

        @Override
        public int retryWhatIsBack(Set<FailureCode> codes, int rate) {
            retried = codes;
            perSecond = rate;
            mayFail();
            return 0;
        }

        @Override
        public boolean retryOpen(Set<FailureCode> codes, Instant since, String why, int rate) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int probe(Map<FailureCode, Probe> rules) {
            probes++;
            mayFail();
            return 0;
        }

        @Override
        public void await(OrderKey key, String subject, Collection<Sku> products) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int wake(Catalog catalog, int atMost) {
            wakings++;
            mayFail();
            return 0;
        }

        @Override
        public boolean decideNext() {
            turns++;
            mayFail();
            return waiting-- > 0;
        }

        @Override
        public CaseFile assign(CaseId id, Optional<String> assignee, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CaseFile comment(CaseId id, String words, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CaseFile snooze(CaseId id, Optional<Instant> until, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CaseFile reopen(CaseId id, String reason, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Preview preview(Fingerprint cause, Decision decision) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BulkDecision begin(Fingerprint cause, Decision decision, int rate) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<BulkDecision> find(BulkId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<BulkDecision> list(int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<BulkDecision> running() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<BulkDecision> ofCause(Fingerprint cause, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<BulkDecision> stop(BulkId id, String actor) {
            throw new UnsupportedOperationException();
        }
    }
}
