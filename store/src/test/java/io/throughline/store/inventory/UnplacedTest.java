package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockReports.Report.Unplaced;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.UnplacedReports;
import io.throughline.domain.inventory.UnplacedThing;
import io.throughline.store.PostgresExtension;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a system told of things that nobody knew. */
class UnplacedTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId TILLS = AccountId.of(SampleStockRules.POS);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final UnplacedReports unplaced = POSTGRES.database().unplacedReports();
    private final String thing = "location L" + NUMBERS.incrementAndGet();

    @AfterEach
    void giveUp() {
        unplaced.giveUp(TILLS, thing);
    }

    @Test
    void aThingIsOneCaseHoweverMuchIsToldOfIt() {
        unplaced.keep(TILLS, report("A1"));
        unplaced.keep(TILLS, report("A1"));
        unplaced.keep(TILLS, report("A2"));

        assertThat(cases()).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(FailureCode.STOCK_UNPLACED);
            assertThat(one.detail()).contains(thing);
        });
        assertThat(unplaced.oldest(TILLS)).containsExactly(report("A1"));
        assertThat(unplaced.about(TILLS, thing)).containsExactly(report("A1"), report("A2"));
    }

    @Test
    void theCaseIsClosedWithTheLastThatFoundItsPlace() {
        unplaced.keep(TILLS, report("A1"));
        unplaced.keep(TILLS, report("A2"));

        unplaced.placed(TILLS, report("A1"));
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.OPEN);
        unplaced.placed(TILLS, report("A2"));
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
    }

    @Test
    void whatWasGivenUpIsNotKeptAgain() {
        unplaced.keep(TILLS, report("A1"));

        unplaced.giveUp(TILLS, thing);
        unplaced.keep(TILLS, report("A1"));

        assertThat(unplaced.oldest(TILLS)).isEmpty();
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
    }

    private Unplaced report(String id) {
        return new Unplaced(new StockSource(TILLS.value(), id + "/" + thing, 1), thing, "{\"id\":\"" + id + "\"}");
    }

    private List<Case> cases() {
        return POSTGRES.database().cases().ofSubject(new UnplacedThing(TILLS, thing).toString());
    }
}
