package io.throughline.activities.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.availability.StockPolicy.RetellingRule;
import io.throughline.domain.availability.StockPolicy.Scope;
import io.throughline.domain.availability.StockPolicy.ToleranceRule;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Parting;
import io.throughline.domain.inventory.Republications.Outcome;
import io.throughline.domain.inventory.Republications.Wish;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.TestingInventory;
import io.throughline.domain.inventory.TestingRepublications;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What becomes of a small difference, and of one at a place that is never quiet. The tills move all stock. */
class DriftCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final AccountId TILLS = SampleAccounts.POS;
    private static final AccountId ERP = SampleAccounts.ERP;
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final Sku MUG = Sku.of("NW-MUG-RED");
    private static final StockSubject PLACE = new StockSubject(HARBOR, MUG);
    private static final StockPolicy POLICY =
            SampleStockPolicies.plain("test-1", new ToleranceRule("one", new Scope(Set.of(HARBOR), Set.of()), 1));

    private StockPolicy policy = POLICY;
    private final SettableClock clock = new SettableClock(NOW);
    private final TestingInventory inventory =
            new TestingInventory(new TestingFulfillmentOrders(clock)).stock(HARBOR, MUG, 5);
    private final TestingDrift drift = new TestingDrift();
    private final TestingRepublications republications = new TestingRepublications();
    private final TestingCases cases = new TestingCases(clock);
    private final DriftCheck check = check(Movement::following);

    private DriftCheck check(BiFunction<Discrepancy, Instant, Movement> following) {
        return new DriftCheck(
                new StockBooks(
                        inventory,
                        new TestingObservations(),
                        drift,
                        SampleStockRules.plain().authorities(),
                        instant -> policy,
                        new ShownPlaces(new SampleAccounts(), new SampleFacilities(), SampleStockRules.plain()),
                        republications),
                cases,
                new TestingWatermarks(),
                Duration.ofMinutes(15),
                following,
                clock);
    }

    @Test
    void aShopThatIsOffByLittleIsToldTheLedgersNumberAgain() {
        assertThat(compare(SHOP, apart(SHOP, 4, 5), true, 1)).isZero();
        assertThat(compare(SHOP, apart(SHOP, 4, 5), true, 2)).isZero();

        assertThat(republications.wishes).extracting(Wish::place).containsExactly(PLACE);
        assertThat(republications.wishes).extracting(Wish::askedBy).containsExactly(Decision.OURSELVES);
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(5);
        assertThat(cases.ofSubject(PLACE.toString())).isEmpty();
    }

    @Test
    void whatDoesNotGoAwayByThatIsACaseThatCanBePublishedAgain() {
        assertThat(compare(SHOP, apart(SHOP, 4, 5), true, Parting.LASTS)).isEqualTo(1);
        assertThat(compare(SHOP, apart(SHOP, 4, 5), true, Parting.LASTS + 1)).isEqualTo(1);

        List<Case> open = cases.ofSubject(PLACE.toString());
        assertThat(open).as("one for all comparisons").hasSize(1);
        assertThat(open.getFirst().detail()).contains("does not go away", "both histories");
        assertThat(open.getFirst().legalActions()).contains(Action.PUBLISH_AGAIN);
        assertThat(republications.wishes).isEmpty();
    }

    @Test
    void ofAnErpThatIsOffByLittleTheTraceTellsAndThenACase() {
        assertThat(compare(ERP, apart(ERP, 4, 5), true, 1)).isZero();
        assertThat(drift.noted).containsExactly(apart(ERP, 4, 5));
        assertThat(republications.wishes).isEmpty();

        assertThat(compare(ERP, apart(ERP, 4, 5), true, Parting.LASTS)).isEqualTo(1);

        assertThat(cases.ofSubject(PLACE.toString()).getFirst().legalActions())
                .as("nobody tells an ERP of our stock")
                .containsExactly(Action.ACCEPT_DIFFERENCE);
    }

    @Test
    void whatCannotBeToldAgainIsTraced() {
        republications.outcome = Outcome.NOTHING_THERE;

        compare(SHOP, apart(SHOP, 1, 0), true, 1);

        assertThat(drift.noted).containsExactly(apart(SHOP, 1, 0));
    }

    @Test
    void aPlaceThatIsNeverQuietIsComparedByWhatWasApartAllTheTime() {
        drift.parting = Optional.of(new Parting(apart(TILLS, 1, 5), apart(TILLS, 6, 7), false, false, false, 3));
        check.compareWhenDue(TILLS);
        assertThat(inventory.onHand(HARBOR, MUG)).as("it may be on its way").isEqualTo(5);
        assertThat(drift.mended).isEmpty();

        clock.advance(Duration.ofMinutes(16));
        drift.parting = Optional.of(new Parting(apart(TILLS, 1, 5), apart(TILLS, 6, 7), false, false, false, 4));
        assertThat(check.compareWhenDue(TILLS)).isZero();

        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(4);
        assertThat(drift.mended).hasSize(1);
    }

    /** Both would mend the same difference. */
    @Test
    void aWordIsNotCountedUnderAnAdjustmentThatCameAfterIt() {
        drift.parting = Optional.of(Parting.first(apart(TILLS, 4, 5), true, false, false));
        drift.adjusted = true;
        check(Movement::believing).compareWhenDue(TILLS);
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(5);

        drift.adjusted = false;
        check(Movement::believing).compareWhenDue(TILLS);
        assertThat(inventory.onHand(HARBOR, MUG)).isEqualTo(4);
    }

    @Test
    void whatSomebodyHasWishedForIsNoCaseBeforeItCanBeDone() {
        republications.wishes.add(new Wish(SHOP, PLACE, clock.instant(), "ops@example.com"));

        assertThat(compare(SHOP, apart(SHOP, 1, 5), true, Parting.LASTS)).isZero();
        assertThat(cases.ofSubject(PLACE.toString())).isEmpty();

        assertThat(compare(SHOP, apart(SHOP, 1, 5), true, Parting.LASTS + 1))
                .as("half an hour later")
                .isEqualTo(1);
    }

    @Test
    void aShopThatIsNeverQuietThereIsToldAgainBeforeItIsACase() {
        assertThat(compare(SHOP, apart(SHOP, 4, 5), false, Parting.LASTS - 1)).isZero();
        assertThat(republications.wishes).isEmpty();
        assertThat(compare(SHOP, apart(SHOP, 4, 5), false, Parting.LASTS)).isZero();
        assertThat(republications.wishes).hasSize(1);

        assertThat(compare(SHOP, apart(SHOP, 4, 5), false, 2 * Parting.LASTS)).isEqualTo(1);
    }

    @Test
    void beyondTheToleranceItIsACaseThere() {
        drift.parting = Optional.of(new Parting(apart(TILLS, 1, 9), apart(TILLS, 3, 6), false, false, false, 4));

        assertThat(check.compareWhenDue(TILLS)).isEqualTo(1);

        assertThat(cases.ofSubject(PLACE.toString()).getFirst().detail()).contains("tells of 3, the ledger of 6");
    }

    @Test
    void whatAShopShowsInOtherWordsIsNotCompared() {
        Discrepancy damaged = new Discrepancy(SHOP.value(), HARBOR, MUG, Measure.DAMAGED, 0, 4, NOW);

        assertThat(compare(SHOP, damaged, true, 1)).isZero();

        assertThat(cases.ofSubject(PLACE.toString())).isEmpty();
        assertThat(drift.noted).isEmpty();
    }

    @Test
    void aCaseThatIsOpenUnderTheOtherNameIsTheSame() {
        compare(ERP, apart(ERP, 1, 5), true, 1);
        String before = new DriftStep(ERP, Measure.ON_HAND, true).toString();
        Case old = cases.open(
                ERP,
                "stock/ST-DUBLIN/NW-MUG-RED",
                before,
                cases.ofSubject(PLACE.toString()).getFirst().code(),
                "before");
        Discrepancy dublin = new Discrepancy(ERP.value(), SampleFacilities.ST_DUBLIN, MUG, Measure.ON_HAND, 1, 5, NOW);

        compare(ERP, dublin, true, 1);

        assertThat(cases.ofSubject(old.subject())).hasSize(1);
    }

    /** Each time it is apart on the other side, so that no row of comparisons ever gets long. */
    @Test
    void aShopThatComesByTheLedgersNumberAgainAndAgainIsACase() {
        policy = SampleStockPolicies.retelling(
                "test-2",
                new ToleranceRule("one", new Scope(Set.of(HARBOR), Set.of()), 1),
                new RetellingRule("four-in-two-days", new Scope(Set.of(HARBOR), Set.of()), 4, Duration.ofDays(2)));
        for (int time = 0; time < 4; time++) {
            assertThat(compare(SHOP, apart(SHOP, time % 2 == 0 ? 4 : 6, 5), true, 1))
                    .isZero();
            assertThat(republications.wishes).as("it was told").hasSize(1);
            republications.wishes.clear();
            republications.asked.add(clock.instant());
        }

        assertThat(compare(SHOP, apart(SHOP, 4, 5), true, 1)).isEqualTo(1);
        assertThat(compare(SHOP, apart(SHOP, 6, 5), true, 1)).isEqualTo(1);

        assertThat(republications.wishes).as("it is told no more").isEmpty();
        Case open = cases.ofSubject(PLACE.toString()).getFirst();
        assertThat(cases.ofSubject(PLACE.toString())).hasSize(1);
        assertThat(open.detail()).contains("4 times or more", "four-in-two-days", "both histories");
        assertThat(open.legalActions()).contains(Action.PUBLISH_AGAIN);

        drift.parting = Optional.empty();
        drift.settled.add(open);
        check.compareWhenDue(SHOP);
        assertThat(cases.find(open.id()).orElseThrow().status())
                .as("they agree for a moment")
                .isEqualTo(CaseStatus.OPEN);
        clock.advance(Duration.ofDays(2));
        check.compareWhenDue(SHOP);
        assertThat(cases.find(open.id()).orElseThrow().status()).isEqualTo(CaseStatus.CLOSED);
    }

    @Test
    void whereTheLedgerMovesAllTheTimeTheCaseSaysOfWhatItIsTheDifference() {
        drift.parting = Optional.of(new Parting(apart(TILLS, 1, 9), apart(TILLS, 3, 6), false, false, false, 4));

        check.compareWhenDue(TILLS);

        assertThat(cases.ofSubject(PLACE.toString()).getFirst().detail())
                .contains("the nearest to it of what the ledger had all this time");
    }

    @Test
    void whatWasWishedForIsLookedAtAgainWithEachSweep() {
        check.compareWhenDue(SHOP);
        check.compareWhenDue(SHOP);

        assertThat(republications.reminded).containsExactly(SHOP, SHOP);
    }

    private int compare(AccountId account, Discrepancy found, boolean quiet, int times) {
        clock.advance(Duration.ofMinutes(16));
        drift.parting = Optional.of(new Parting(found, found, quiet, false, false, times));
        return check.compareWhenDue(account);
    }

    private static Discrepancy apart(AccountId system, int told, int ledger) {
        return new Discrepancy(system.value(), HARBOR, MUG, Measure.ON_HAND, told, ledger, NOW);
    }
}
