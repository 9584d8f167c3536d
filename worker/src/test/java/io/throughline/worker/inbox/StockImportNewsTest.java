package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockImportNewsTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final List<String> done = new ArrayList<>();
    private final StockImportNews desk =
            new StockImportNews(id -> done.add("begin " + id), process -> done.add("hurry " + process));

    @Test
    void anImportThatIsThereAndOneThatIsMissedAreBegun() {
        assertThat(desk.handle(List.of(about("stock-import/I-7")))).containsInstanceOf(Handling.Done.class);
        assertThat(desk.handle(List.of(about("stock-import/everything")))).isEmpty();

        assertThat(done).containsExactly("begin I-7");
    }

    @Test
    void aDecisionAboutItsProcessBeginsItAndHasItTriedAtOnce() {
        assertThat(desk.resolve(decided("stock-import/I-7"))).isTrue();
        assertThat(desk.resolve(decided("inventory/northwind"))).isFalse();

        assertThat(done).containsExactly("begin I-7", "hurry stock-import/I-7");
    }

    private Case decided(String subject) {
        return cases.open(SampleAccounts.SHOP, subject, "attention.process", FailureCode.PROCESS_MISSING, "none");
    }

    private InboxMessage about(String subject) {
        return new InboxMessage(
                1, SampleAccounts.SHOP, InboxHandler.BEGIN, "C-1001", subject, "{}", clock.instant(), 0);
    }
}
