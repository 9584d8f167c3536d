package io.throughline.activities.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.RefusedDocument;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.workflows.intervention.WaitingCases;
import io.throughline.workflows.intervention.WaitingCases.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever has only Temporal sees what waits, and how it is decided. */
class CaseQueueStepsTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final CaseQueueStepsImpl queue = new CaseQueueStepsImpl(new OfTestingCases(cases));

    @Test
    void showsWhatNoProcessWaitsForWithTheWordsThatDecideIt() {
        Case letter = open("order/northwind/1001", FailureCode.INBOX_UNREADABLE);

        WaitingCases shown = queue.read(null);

        assertThat(shown.waiting()).isEqualTo(1);
        assertThat(shown.how()).contains("--type CaseDecision", "--task-queue orders");
        Waiting one = shown.cases().getFirst();
        assertThat(one.caseId()).isEqualTo(letter.id().value());
        assertThat(one.about()).isEqualTo("order/northwind/1001");
        assertThat(one.dueAt()).isEqualTo(letter.dueAt());
        assertThat(one.decide()).contains(letter.id() + " RETRY", letter.id() + " ACCEPT_DIFFERENCE");
    }

    @Test
    void asksForOneCodeAndOffersNoWordsForWhatHasNone() {
        open("order/northwind/1001", FailureCode.INBOX_UNREADABLE);
        Case refused = open("O-7K2M9Q4XTA", FailureCode.ERP_REJECTED);

        WaitingCases shown = queue.read(" ERP_REJECTED ");

        assertThat(shown.waiting()).isEqualTo(1);
        assertThat(shown.cases())
                .extracting(Waiting::caseId)
                .containsExactly(refused.id().value());
        assertThat(shown.cases().getFirst().decide()).isNotEmpty().noneMatch(words -> words.contains("AMEND"));
    }

    @Test
    void aWordThatIsNoCodeIsAnswered() {
        open("order/northwind/1001", FailureCode.INBOX_UNREADABLE);

        WaitingCases shown = queue.read("URGENT");

        assertThat(shown.cases()).isEmpty();
        assertThat(shown.how()).contains("no such failure code");
    }

    private Case open(String subject, FailureCode code) {
        return cases.open(SampleAccounts.SHOP, subject, "inbox.read", code, "for the test");
    }

    /** Lists and counts; nothing else is asked of it. */
    private record OfTestingCases(TestingCases cases) implements CaseFiles {
        @Override
        public List<CaseFile> list(Search search) {
            return cases.open().stream()
                    .filter(one -> search.codes().isEmpty() || search.codes().contains(one.code()))
                    .map(one -> new CaseFile(
                            one,
                            Fingerprint.of(one.code(), one.step(), one.detail()),
                            one.dueAt(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            0))
                    .toList();
        }

        @Override
        public List<Load> load() {
            return cases.open().stream()
                    .map(one -> new Load(one.code(), 1, 0, 0))
                    .toList();
        }

        @Override
        public List<Escalated> escalated() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<CaseFile> find(CaseId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Group> groups(int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Group> group(Fingerprint cause) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Event> history(Case about) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Exchange> exchange(Case about) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RefusedDocument document(Case about) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RefusedDocument document(Case about, Optional<Exchange> refused) {
            throw new UnsupportedOperationException();
        }
    }
}
