package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.StockReports.Report.Unplaced;
import io.throughline.domain.inventory.UnplacedReports;
import io.throughline.domain.inventory.UnplacedThing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockFeedDeskTest {
    private static final AccountId TILLS = SampleAccounts.POS;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final List<AccountId> heard = new ArrayList<>();
    private final GivenUp givenUp = new GivenUp();
    private final StockFeedDesk desk = new StockFeedDesk(heard::add, givenUp);

    @Test
    void aBurstAboutStockIsOneWakeUp() {
        List<InboxMessage> burst = List.of(message("stock/" + TILLS), message("stock/" + TILLS));

        assertThat(desk.handle(burst)).contains(new Handling.Done());
        assertThat(heard).containsExactly(TILLS);
    }

    @Test
    void whatIsAcceptedIsGivenUp() {
        Case opened = cases.open(
                TILLS,
                new UnplacedThing(TILLS, "location LPARIS/2").toString(),
                "stock.place",
                FailureCode.STOCK_UNPLACED,
                "unknown");

        assertThat(resolve(opened)).isTrue();
        assertThat(givenUp.things).isEmpty();

        cases.decide(opened.id(), Action.ACCEPT_DIFFERENCE);
        resolve(opened);
        assertThat(givenUp.things).containsExactly("location LPARIS/2");
    }

    @Test
    void everythingElseIsForOthers() {
        Case other = cases.open(TILLS, "stock/ST-HARBOR/TEE", "stock.shortfall", FailureCode.STOCK_DISCREPANCY, "2");

        assertThat(desk.handle(List.of(message("order/northwind/1")))).isEmpty();
        assertThat(resolve(other)).isFalse();
    }

    private boolean resolve(Case known) {
        return desk.resolve(cases.find(known.id()).orElseThrow());
    }

    private InboxMessage message(String subject) {
        return new InboxMessage(1, TILLS, "inventory.count.updated", "e1", subject, "{}", clock.instant(), 0);
    }

    private static final class GivenUp implements UnplacedReports {
        private final List<String> things = new ArrayList<>();

        @Override
        public void keep(AccountId account, Unplaced report) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Unplaced> oldest(AccountId account) {
            return List.of();
        }

        @Override
        public List<Unplaced> about(AccountId account, String thing) {
            return List.of();
        }

        @Override
        public void placed(AccountId account, Unplaced report) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void giveUp(AccountId account, String thing) {
            things.add(thing);
        }
    }
}
