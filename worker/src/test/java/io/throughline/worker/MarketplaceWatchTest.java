package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import io.throughline.domain.marketplace.TestingMarketplaceOrders;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.worker.inbox.UnawaitedCases;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The deadlines of marketplaces: ten hours to say that an order is taken on, and a hundred to ship it. */
class MarketplaceWatchTest {
    private static final Instant PLACED = Instant.parse("2026-11-23T00:00:00Z");
    private static final OrderKey KEY = new OrderKey(SampleAccounts.BAZAAR, "MP-1");
    private static final OrderId ORDER = OrderId.of(KEY);

    private final SettableClock clock = new SettableClock(PLACED);
    private final SampleAccounts accounts = new SampleAccounts();
    private final TestingMarketplaceOrders orders = new TestingMarketplaceOrders(clock);
    private final TestingCases cases = new TestingCases(clock);
    private final MarketplaceWatch watch = new MarketplaceWatch(accounts, orders, cases, clock, Duration.ofHours(1));

    @BeforeEach
    void placed() {
        orders.put(
                KEY,
                new MarketplaceDeadlines(
                        PLACED, PLACED.plus(Duration.ofHours(10)), PLACED.plus(Duration.ofHours(100))));
    }

    @Test
    void nothingIsSaidBeforeFourFifthsOfTheTimeHavePassed() {
        looksAfter(Duration.ofHours(8).minusSeconds(1));

        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatIsAtRiskIsACaseOnceAndOneThatIsMissedTakesItsPlace() {
        looksAfter(Duration.ofHours(8));
        looksAfter(Duration.ofHours(9));
        assertThat(cases.all()).extracting(Case::code).containsExactly(FailureCode.DEADLINE_AT_RISK);
        assertThat(cases.open().getFirst().detail())
                .contains("bazaar", "whether it is taken on by 2026-11-23T10:00:00Z", "in 120 minutes");

        looksAfter(Duration.ofHours(10));
        looksAfter(Duration.ofHours(11));
        assertThat(cases.all())
                .extracting(Case::code)
                .containsExactly(FailureCode.DEADLINE_AT_RISK, FailureCode.DEADLINE_MISSED);
        assertThat(cases.open()).extracting(Case::code).containsExactly(FailureCode.DEADLINE_MISSED);
    }

    @Test
    void whatSomebodyHasSeenToIsNotOpenedAgain() {
        looksAfter(Duration.ofHours(8));
        Case opened = cases.open().getFirst();
        cases.decide(opened.id(), Action.ACCEPT_DIFFERENCE);

        assertThat(new UnawaitedCases(cases).resolve(cases.find(opened.id()).orElseThrow()))
                .isTrue();
        looksAfter(Duration.ofHours(9));

        assertThat(cases.all()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
    }

    @Test
    void whatIsSettledHasNoDeadlineAnyMore() {
        orders.acknowledged(ORDER);
        looksAfter(Duration.ofHours(11));
        assertThat(cases.all()).isEmpty();

        looksAfter(Duration.ofHours(80));
        assertThat(cases.open().getFirst().detail()).contains("shipped by 2026-11-27T04:00:00Z");
        orders.shipped(ORDER);
        looksAfter(Duration.ofHours(101));
        assertThat(cases.all()).hasSize(1);
    }

    @Test
    void whereOnlyIsLookedOnOthersKeepTheDeadlines() {
        accounts.mode(SampleAccounts.BAZAAR, EffectMode.SHADOW);
        looksAfter(Duration.ofHours(200));

        assertThat(cases.all()).isEmpty();
    }

    private void looksAfter(Duration time) {
        clock.advance(Duration.between(clock.instant(), PLACED.plus(time)));
        watch.work();
    }
}
