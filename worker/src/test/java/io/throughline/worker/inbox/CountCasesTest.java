package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.CycleCounts;
import io.throughline.domain.inventory.StockSubject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CountCasesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final StockSubject PLACE = new StockSubject(SampleFacilities.ST_HARBOR, Sku.of("NW-MUG-RED"));
    private static final CountStep COUNT = new CountStep("aisle-7", 1000, NOW);

    private final TestingCases cases = new TestingCases(new SettableClock(NOW));
    private final Believed counts = new Believed();
    private final CountCases desk = new CountCases(counts);

    @Test
    void aCountIsBelievedWhenSomebodyHasDecidedSo() {
        Case open = open(COUNT.toString());
        assertThat(desk.resolve(open)).isTrue();
        assertThat(counts.believed).isEmpty();

        cases.decide(open.id(), Action.ACCEPT_DIFFERENCE);

        assertThat(desk.resolve(cases.find(open.id()).orElseThrow())).isTrue();
        assertThat(counts.believed).containsExactly(COUNT);
    }

    @Test
    void everythingElseIsForOthers() {
        assertThat(desk.resolve(open("stock.shortfall"))).isFalse();
    }

    private Case open(String step) {
        return cases.open(SampleAccounts.POS, PLACE.toString(), step, FailureCode.STOCK_DISCREPANCY, "much more");
    }

    private static final class Believed implements CycleCounts {
        private final List<CountStep> believed = new ArrayList<>();

        @Override
        public Outcome take(StockSubject place, CountStep count, OptionalInt tolerance) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void believe(StockSubject place, CountStep count, CaseId reason) {
            believed.add(count);
        }
    }
}
