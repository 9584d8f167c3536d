package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.PostgresExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A ledger that follows a system's levels while signals of the same changes still come, late, twice and in any order. */
class FollowedWordsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final AccountId TILLS = AccountId.of(SampleStockRules.POS);
    private static final AtomicInteger RUNS = new AtomicInteger();

    /** Five came, two were sold, three were there then; one more was sold, and then four that nobody saw. */
    private static final List<Signal> DAY = List.of(
            new Changed("receipt", Kind.RECEIPT, 5, 1),
            new Changed("sale", Kind.SALE, -2, 2),
            new Told("level", 3, 2),
            new Changed("sale-2", Kind.SALE, -1, 4),
            new Told("level-2", 2, 4),
            new Changed("oversold", Kind.SALE, -4, 6));

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final StockObservations observations =
            POSTGRES.database().stock(SampleStockRules.plain()).stockObservations();
    private final StockDrift drift = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .stockDrift(new ShownPlaces(new SampleAccounts(), new SampleFacilities(), SampleStockRules.plain()));

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    private sealed interface Signal {}

    private record Changed(String id, Kind kind, int units, int minute) implements Signal {}

    private record Told(String id, int units, int minute) implements Signal {}

    @Test
    void wheneverTheLedgerFollowsALateSignalIsNotCountedTwice() {
        Random random = new Random(Seeds.next());
        for (int round = 0; round < 60; round++) {
            List<Signal> heard = new ArrayList<>(DAY);
            heard.add(DAY.get(random.nextInt(DAY.size())));
            Collections.shuffle(heard, random);
            Sku sku = Sku.of("FOLLOWED-" + RUNS.incrementAndGet());

            for (Signal signal : heard) {
                hear(sku, signal);
                if (random.nextInt(3) == 0) {
                    follow(sku);
                }
            }

            assertThat(balance(sku))
                    .as("%s", heard)
                    .extracting(Balance::onHand, Balance::shortfall)
                    .containsExactly(0, 2);
        }
    }

    /** That what was told is followed once more changes nothing, nor does it undo what has happened since. */
    @Test
    void aWordIsFollowedAsOfItsInstantAndOnce() {
        Sku sku = Sku.of("FOLLOWED-" + RUNS.incrementAndGet());
        hear(sku, new Changed("late", Kind.SALE, -1, 4));
        hear(sku, new Told("level", 3, 2));

        follow(sku);
        assertThat(balance(sku).onHand()).as("three, and one sold since").isEqualTo(2);
        follow(sku);
        hear(sku, new Changed("receipt", Kind.RECEIPT, 3, 1));

        assertThat(balance(sku).onHand()).isEqualTo(2);
    }

    /** People have brought the ledger to the word, and what a store has handed over since is told by nobody else. */
    @Test
    void anAdjustmentAfterAWordIsKnown() {
        Sku sku = Sku.of("FOLLOWED-" + RUNS.incrementAndGet());
        hear(sku, new Changed("receipt", Kind.RECEIPT, 30, 1));
        hear(sku, new Told("level", 10, 2));
        Discrepancy word = drift.apartAt(TILLS, new StockSubject(HARBOR, sku), Measure.ON_HAND)
                .orElseThrow();
        assertThat(drift.isAdjustedSince(word)).isFalse();

        inventory.record(Movement.following(word, at(3)));
        hear(sku, new Changed("sale", Kind.SALE, -1, 4));

        assertThat(balance(sku).onHand()).isEqualTo(9);
        assertThat(drift.isAdjustedSince(word))
                .as("counted now, the ledger would come to 10 - 20 - 1")
                .isTrue();
        hear(sku, new Told("level-2", 8, 5));
        Discrepancy next = drift.apartAt(TILLS, new StockSubject(HARBOR, sku), Measure.ON_HAND)
                .orElseThrow();
        assertThat(drift.isAdjustedSince(next)).isFalse();
        follow(sku);
        assertThat(balance(sku).onHand()).isEqualTo(8);
    }

    @Test
    void lessThanNothingIsFollowedToo() {
        Sku sku = Sku.of("FOLLOWED-" + RUNS.incrementAndGet());
        hear(sku, new Changed("receipt", Kind.RECEIPT, 1, 1));
        hear(sku, new Told("level", -2, 2));

        follow(sku);

        assertThat(balance(sku)).extracting(Balance::onHand, Balance::shortfall).containsExactly(0, 2);
    }

    private void hear(Sku sku, Signal signal) {
        switch (signal) {
            case Changed(String id, Kind kind, int units, int minute) ->
                inventory.record(new Movement(HARBOR, sku, units, kind, TILLS.value(), sku + "/" + id, at(minute)));
            case Told(String id, int units, int minute) ->
                observations.observe(new Level(
                        new StockSource(TILLS.value(), sku + "/" + id, 1),
                        HARBOR,
                        sku,
                        Measure.ON_HAND,
                        units,
                        at(minute),
                        Optional.empty()));
        }
    }

    private void follow(Sku sku) {
        drift.apartAt(TILLS, new StockSubject(HARBOR, sku), Measure.ON_HAND)
                .ifPresent(apart -> inventory.record(
                        Movement.believing(apart, POSTGRES.clock().instant())));
    }

    private Balance balance(Sku sku) {
        return inventory.balances(List.of(sku)).stream()
                .filter(balance -> balance.facility().equals(HARBOR))
                .findFirst()
                .orElseThrow();
    }

    private static Instant at(int minute) {
        return PostgresExtension.START.minusSeconds(86_400).plusSeconds(60L * minute);
    }
}
