package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.CycleCounts;
import io.throughline.domain.inventory.CycleCounts.Outcome;
import io.throughline.domain.inventory.CycleCounts.Verdict;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.PostgresExtension;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people count, as far as it is believed. */
class CycleCountsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final OptionalInt TEN = OptionalInt.of(10);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final CycleCounts counts =
            POSTGRES.database().stock(SampleStockRules.plain()).cycleCounts();
    private final Sku tee = Sku.of("COUNTED-" + NUMBERS.incrementAndGet());
    private final StockSubject place = new StockSubject(HARBOR, tee);

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @BeforeEach
    void aHundredAreThere() {
        inventory.record(new Movement(HARBOR, tee, 100, Kind.RECEIPT, SampleStockRules.POS, "R/" + tee, at(-120)));
    }

    @Test
    void withinTheToleranceTheLedgerFollows() {
        assertThat(take("C1", 90, 0))
                .extracting(Outcome::verdict, Outcome::change)
                .containsExactly(Verdict.BOOKED, -10);
        assertThat(onHand()).isEqualTo(90);
        assertThat(cases()).isEmpty();
    }

    @Test
    void beyondItNothingIsBookedUntilSomebodyBelievesIt() {
        Outcome held = take("C1", 1000, 0);
        assertThat(held.verdict()).isEqualTo(Verdict.HELD_BACK);
        assertThat(held.change()).isEqualTo(900);
        assertThat(onHand()).isEqualTo(100);
        assertThat(take("C1", 1000, 0)).as("again").isEqualTo(held);
        Case open = cases().getFirst();
        assertThat(open.detail()).contains("counted 1000", "had 100", "RECEIPT +100", "1000 there");

        inventory.record(new Movement(HARBOR, tee, -3, Kind.SALE, SampleStockRules.POS, "S/" + tee, at(30)));
        counts.believe(place, CountStep.of(open.step()).orElseThrow(), open.id());

        assertThat(onHand()).as("what was sold since comes off").isEqualTo(997);
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
        assertThat(take("C1", 1000, 0).verdict()).isEqualTo(Verdict.KNOWN);
    }

    @Test
    void theNextCountEndsTheCase() {
        take("C1", 1000, 0);

        assertThat(take("C2", 101, 60).verdict()).isEqualTo(Verdict.BOOKED);

        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
    }

    @Test
    void whatACountHasSaidStands() {
        take("C1", 95, 0);
        assertThat(take("C1", 96, 0).verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(take("C1", 95, 1).verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(take("C1", 95, 0).verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(onHand()).isEqualTo(95);

        take("C2", 1000, 10);
        assertThat(take("C2", 95, 10).verdict())
                .as("also while it is held back")
                .isEqualTo(Verdict.CONFLICT);
    }

    @Test
    void withoutAToleranceEveryCountIsBelieved() {
        assertThat(counts.take(place, new CountStep("C1", 100_000, at(0)), OptionalInt.empty())
                        .verdict())
                .isEqualTo(Verdict.BOOKED);
    }

    private Outcome take(String id, int units, int second) {
        return counts.take(place, new CountStep(id, units, at(second)), TEN);
    }

    private static Instant at(int second) {
        return PostgresExtension.START.minusSeconds(600).plusSeconds(second);
    }

    private int onHand() {
        return inventory.balances(List.of(tee)).stream()
                .filter(balance -> balance.facility().equals(HARBOR))
                .mapToInt(Balance::onHand)
                .sum();
    }

    private List<Case> cases() {
        return POSTGRES.database().cases().ofSubject(place.toString());
    }
}
