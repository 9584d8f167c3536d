package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.BulkDecision;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.BulkId;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.SampleCasePolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FacilityNewsTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final Tried tried = new Tried();
    private final FacilityNews desk = new FacilityNews(tried, instant -> SampleCasePolicies.tenHours(), clock);

    @Test
    void whatIsJustBeingRoutedComesFirst() {
        assertThat(desk.handle(List.of(message("facility/ST-HARBOR", 0)))).containsInstanceOf(Handling.Later.class);
        assertThat(tried.asked).isEmpty();
    }

    @Test
    void whoeverHasNoFacilityIsTriedAgain() {
        assertThat(desk.handle(List.of(message("facility/ST-HARBOR", 1)))).containsInstanceOf(Handling.Done.class);

        assertThat(tried.asked)
                .containsExactly(
                        "[NO_FACILITY, FACILITY_PAUSED] since 2026-11-23T09:00:00Z ST-HARBOR gets work again 5");
    }

    @Test
    void whatIsBeingDecidedAboutIsAskedForAgain() {
        tried.busy = true;

        assertThat(desk.handle(List.of(message("facility/ST-HARBOR", 1)))).containsInstanceOf(Handling.Later.class);
    }

    @Test
    void whatIsAboutSomethingElseIsForOthers() {
        assertThat(desk.handle(List.of(message("stock-of/O-1", 1)))).isEmpty();
    }

    private InboxMessage message(String subject, int attempts) {
        return new InboxMessage(1, AccountId.OWN, "throughline/resumed", "e", subject, "{}", clock.instant(), attempts);
    }

    /** Notes what is to be tried again. */
    private static final class Tried implements BulkDecisions {
        private final List<String> asked = new ArrayList<>();
        private boolean busy;

        @Override
        public boolean retryOpen(Set<FailureCode> codes, Instant since, String why, int perSecond) {
            asked.add(new TreeSet<>(codes) + " since " + since + " " + why + " " + perSecond);
            return !busy;
        }

        @Override
        public Preview preview(Fingerprint cause, Decision decision) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BulkDecision begin(Fingerprint cause, Decision decision, int perSecond) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<BulkDecision> find(BulkId id) {
            return Optional.empty();
        }

        @Override
        public List<BulkDecision> list(int limit) {
            return List.of();
        }

        @Override
        public List<BulkDecision> running() {
            return List.of();
        }

        @Override
        public List<BulkDecision> ofCause(Fingerprint cause, int limit) {
            return List.of();
        }

        @Override
        public Optional<BulkDecision> stop(BulkId id, String actor) {
            return Optional.empty();
        }

        @Override
        public boolean decideNext() {
            return false;
        }

        @Override
        public int retryWhatIsBack(Set<FailureCode> codes, int perSecond) {
            return 0;
        }
    }
}
