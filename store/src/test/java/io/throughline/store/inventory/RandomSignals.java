package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.CycleCounts;
import io.throughline.domain.inventory.FeedRow;
import io.throughline.domain.inventory.FeedRow.Field;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockImports;
import io.throughline.domain.inventory.StockImports.Received;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.WarehouseFeed;
import io.throughline.domain.inventory.WarehouseFeed.Mode;
import io.throughline.domain.inventory.WarehouseFeed.Unnamed;
import io.throughline.store.PostgresExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** What systems tell of their stock and people count of it, at random: files of a warehouse, counts at a shelf, and levels that the ledger follows. */
final class RandomSignals {
    private static final AccountId SYSTEM = AccountId.of(SampleStockRules.POS);
    private static final List<String> KINDS = List.of("RECEIPT", "SALE", "RETURN", "TRANSFER_OUT", "ADJUSTMENT");

    private final PostgresExtension postgres;
    private final SplittableRandom random;
    private final List<Sku> skus;
    private final List<FacilityId> facilities;
    private final InventoryLedger inventory;
    private final StockImports imports;
    private final CycleCounts counts;
    private final StockObservations observations;
    private final StockDrift drift;

    RandomSignals(
            PostgresExtension postgres,
            StockRules rules,
            SplittableRandom random,
            List<Sku> skus,
            List<FacilityId> facilities) {
        this.postgres = postgres;
        this.random = random;
        this.skus = skus;
        this.facilities = facilities;
        this.inventory = postgres.database().stock(rules).inventory();
        this.imports = postgres.database().stock(rules).stockImports(sku -> true);
        this.counts = postgres.database().stock(rules).cycleCounts();
        this.observations = postgres.database().stock(rules).stockObservations();
        this.drift = postgres.database()
                .stock(rules)
                .stockDrift(new ShownPlaces(new SampleAccounts(), new SampleFacilities(), rules));
    }

    /** A whole file, or what has moved, booked in small parts while others book; of a name that comes again only the first is taken. */
    void handIn(String name) {
        boolean full = random.nextBoolean();
        WarehouseFeed feed = new WarehouseFeed(
                SYSTEM,
                pick(facilities),
                name,
                1 + random.nextInt(3),
                full ? Mode.FULL : Mode.DELTA,
                full ? Optional.of(around()) : Optional.empty(),
                full && random.nextBoolean() ? Unnamed.ZERO : Unnamed.UNTOUCHED);
        List<FeedRow> rows = new ArrayList<>();
        for (int row = 1; row <= 1 + random.nextInt(4); row++) {
            rows.add(full ? level(row) : movement(row, name));
        }
        var id = imports.begin(feed);
        imports.add(id, rows);
        if (imports.complete(id, rows.toString()) instanceof Received.Accepted) {
            while (!imports.book(id, 1 + random.nextInt(2)).done()) {
                Thread.onSpinWait();
            }
        }
    }

    private FeedRow level(int row) {
        return FeedRow.of(
                row, Map.of(Field.SKU, pick(skus).value(), Field.QUANTITY, Integer.toString(random.nextInt(8))));
    }

    /** By an id of the warehouse's own that other files name, too. */
    private FeedRow movement(int row, String name) {
        return FeedRow.of(
                row,
                Map.of(
                        Field.ID,
                        name + "/" + random.nextInt(3),
                        Field.VERSION,
                        Integer.toString(1 + random.nextInt(3)),
                        Field.KIND,
                        pick(KINDS),
                        Field.SKU,
                        pick(skus).value(),
                        Field.QUANTITY,
                        Integer.toString(1 + random.nextInt(4)),
                        Field.REASON,
                        "at random",
                        Field.OCCURRED_AT,
                        around().toString()));
    }

    /** Believed, or a case where it differs by more than a few units. */
    void count(String name) {
        counts.take(
                new StockSubject(pick(facilities), pick(skus)),
                new CountStep(name, random.nextInt(8), around()),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(5)));
    }

    /** The system that moves the stock tells how much there is, and the ledger follows it although others are still at work there. */
    void tellAndFollow(String name) {
        StockSubject place = new StockSubject(pick(facilities), pick(skus));
        observations.observe(new Level(
                new StockSource(SYSTEM.value(), "level-" + name, 1),
                place.facility(),
                place.sku(),
                Measure.ON_HAND,
                random.nextInt(8),
                around(),
                Optional.empty()));
        drift.apartAt(SYSTEM, place, Measure.ON_HAND)
                .ifPresent(apart -> inventory.record(Movement.believing(apart, now())));
    }

    private Instant around() {
        return now().plusSeconds(random.nextInt(10) - 9);
    }

    private Instant now() {
        return postgres.clock().instant();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
