package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private final TestingCases cases = new TestingCases(new SettableClock(Instant.parse("2026-11-23T09:00:00Z")));
    private final List<String> done = new ArrayList<>();
    private boolean known = true;
    private final DeadLetters letters = new DeadLetters(cases, id -> note("replay " + id), id -> note("discard " + id));

    @Test
    void aRetryReadsTheMessageAgain() {
        assertThat(letters.resolve(decided(Inbox.caseSubject(42), Action.RETRY)))
                .isTrue();
        assertThat(done).containsExactly("replay 42");
    }

    @Test
    void whatIsOfNoUseIsGivenUp() {
        assertThat(letters.resolve(decided(Inbox.caseSubject(42), Action.ACCEPT_DIFFERENCE)))
                .isTrue();
        assertThat(done).containsExactly("discard 42");
    }

    @Test
    void nothingIsDoneBeforeItIsDecided() {
        assertThat(letters.resolve(open(Inbox.caseSubject(42)))).isTrue();
        assertThat(done).isEmpty();
    }

    @Test
    void aMessageThatIsNoDeadLetterAnyMoreHasNoCase() {
        known = false;
        Case decided = decided(Inbox.caseSubject(42), Action.RETRY);

        letters.resolve(decided);

        assertThat(cases.outcome(decided.id())).isPresent();
    }

    @Test
    void otherCasesAreNotTouched() {
        assertThat(letters.resolve(decided("O-7K2M9Q4XTA", Action.RETRY))).isFalse();
        assertThat(done).isEmpty();
    }

    private boolean note(String what) {
        done.add(what);
        return known;
    }

    private Case decided(String subject, Action action) {
        return cases.decide(open(subject).id(), action);
    }

    private Case open(String subject) {
        return cases.open(SampleAccounts.SHOP, subject, "inbox.read", FailureCode.INBOX_UNREADABLE, "not JSON");
    }
}
