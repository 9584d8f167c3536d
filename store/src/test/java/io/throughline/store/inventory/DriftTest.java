package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Parting;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.PostgresExtension;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Where a system's word and the ledger have parted. */
class DriftTest extends DriftFixture {
    @Test
    void placesAreComparedWhenBothHaveBeenQuiet() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);

        assertThat(apart(now())).as("not quiet yet").isEmpty();
        pass();
        assertThat(apart(now()))
                .containsExactly(
                        new Discrepancy(TILLS.value(), HARBOR, tee, Measure.ON_HAND, 3, 5, PostgresExtension.START));
        move("A2", Kind.SALE, -1);
        assertThat(apart(now())).as("the ledger has spoken meanwhile").isEmpty();
        assertThat(drift.apartAt(TILLS, place, Measure.ON_HAND)).isPresent();
    }

    @Test
    void theyAgreeWhenTheLastWordIsTheLedgers() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        move("A2", Kind.SALE, -2);
        pass();

        assertThat(apart(now())).isEmpty();
        assertThat(drift.apartAt(TILLS, place, Measure.ON_HAND)).isEmpty();
    }

    @Test
    void aDifferenceThatWasAcceptedIsNoneWhateverBothComeTo() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        pass();
        drift.accept(drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow());
        assertThat(apart(now())).isEmpty();

        move("A2", Kind.SALE, -1);
        tell("L2", 2);
        pass();
        assertThat(apart(now())).as("both have sold one").isEmpty();

        tell("L3", 1);
        pass();
        assertThat(apart(now())).extracting(Discrepancy::told).containsExactly(1);
    }

    @Test
    void whereTheLedgerHasHeardOfNothingItsStockBegins() {
        tell("L1", 3);
        pass();

        assertThat(begun(now()))
                .extracting(Discrepancy::told, Discrepancy::ledger)
                .containsExactly(Tuple.tuple(3, 0));
        assertThat(apart(now())).isEmpty();
    }

    @Test
    void allPlacesAreComparedHoweverManyThereAre() {
        AccountId tills = AccountId.of("many-tills");
        int places = 2_300;
        POSTGRES.tables()
                .useHandle(handle -> handle.createUpdate("""
                        insert into stock_observation (source, source_id, version, sku, facility, measure, absolute, units,
                            observed_at, recorded_at, echo)
                        select 'many-tills', 'L' || n, 1, 'MANY-' || n, 'ST-HARBOR', 'ON_HAND', true, 1, :at, :at, false
                        from generate_series(1, :places) as n
                        """)
                        .bind("at", Columns.at(now()))
                        .bind("places", places)
                        .execute());
        pass();
        Set<Sku> seen = new HashSet<>();
        int pages = 0;

        StockDrift.Page page;
        do {
            page = drift.next(tills, now());
            assertThat(drift.next(tills, now()))
                    .as("a page that was not gone through comes again")
                    .isEqualTo(page);
            page.apart()
                    .forEach(begun -> assertThat(seen.add(begun.found().sku())).isTrue());
            drift.passed(tills, page, List.of());
            pages++;
        } while (!page.last());

        assertThat(seen).hasSize(places);
        assertThat(pages).isGreaterThan(2);
        assertThat(drift.next(tills, now()).apart()).as("it begins anew").isNotEmpty();
    }

    @Test
    void casesAreSettledWhereBothAgreeAgain() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        Case open = POSTGRES.database()
                .cases()
                .open(
                        TILLS,
                        place.toString(),
                        new DriftStep(TILLS, Measure.ON_HAND, false).toString(),
                        FailureCode.STOCK_DISCREPANCY,
                        "two apart");
        assertThat(drift.settled(TILLS)).extracting(Case::id).doesNotContain(open.id());

        move("A2", Kind.SALE, -2);

        assertThat(drift.settled(TILLS)).extracting(Case::id).contains(open.id());
    }

    @Test
    void whatAShopShowsOfABundleIsComparedWithAsManyAsCanBeMadeUp() {
        move("A1", Kind.RECEIPT, 5);
        shopShows(set, "S1", 2);
        pass();
        assertThat(partings(SHOP)).isEmpty();

        shopShows(set, "S2", 4);
        pass();
        assertThat(partings(SHOP)).singleElement().satisfies(parting -> {
            assertThat(parting.found().told()).isEqualTo(4);
            assertThat(parting.found().ledger()).isEqualTo(2);
            assertThat(parting.reckoned()).isTrue();
            assertThat(parting.sure()).as("claims change it at any time").isEmpty();
        });
        assertThat(drift.apartAt(SHOP, new StockSubject(HARBOR, set), Measure.ON_HAND))
                .isPresent();
        move("A2", Kind.RECEIPT, 3);
        assertThat(drift.apartAt(SHOP, new StockSubject(HARBOR, set), Measure.ON_HAND))
                .as("four can be made up")
                .isEmpty();
    }

    private List<Discrepancy> apart(Instant quietSince) {
        return found(quietSince, parting -> !parting.begun());
    }

    private List<Discrepancy> begun(Instant quietSince) {
        return found(quietSince, Parting::begun);
    }

    private List<Discrepancy> found(Instant quietSince, Predicate<Parting> which) {
        return partings(TILLS, quietSince).stream()
                .filter(Parting::quiet)
                .filter(which)
                .map(Parting::found)
                .toList();
    }
}
