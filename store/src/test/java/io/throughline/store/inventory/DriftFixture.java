package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Parting;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A product of its own for each test, at one place, of which systems tell. */
@ResourceLock("the database of DriftFixture")
abstract class DriftFixture {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    static final AccountId TILLS = AccountId.of(SampleStockRules.POS);
    static final AccountId SHOP = SampleAccounts.SHOP;
    static final AccountId ERP = AccountId.of("tryton-northwind");
    static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final InventoryLedger inventory = POSTGRES.inventory();
    final StockObservations observations =
            POSTGRES.database().stock(SampleStockRules.plain()).stockObservations();
    final Sku tee = Sku.of("DRIFT-" + NUMBERS.incrementAndGet());
    final Sku set = Sku.of("SET-" + tee);
    final StockRules rules = SampleStockRules.with(
            sku -> List.of(sku.equals(set) ? new Part(tee, 2) : new Part(sku, 1)), SafetyStocks.none());
    final ShownPlaces shown = new ShownPlaces(new SampleAccounts(), new SampleFacilities(), rules);
    final StockDrift drift = POSTGRES.database().stock(rules).stockDrift(shown);
    final StockSubject place = new StockSubject(HARBOR, tee);

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    long words() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select("select count(*) from stock_observation where sku = ?", tee.value())
                        .mapTo(Long.class)
                        .one());
    }

    void shopShows(Sku sku, String id, int units) {
        observations.observe(new Level(
                new StockSource(SHOP.value(), sku + "/" + id, 1),
                HARBOR,
                sku,
                Measure.ON_HAND,
                units,
                now(),
                Optional.empty()));
    }

    List<Parting> partings(AccountId account) {
        return partings(account, now());
    }

    List<Parting> partings(AccountId account, Instant quietSince) {
        List<Parting> found = new ArrayList<>();
        StockDrift.Page page;
        do {
            page = drift.next(account, quietSince);
            found.addAll(page.apart());
            drift.passed(account, page, List.of());
        } while (!page.last());
        found.removeIf(
                one -> !one.found().sku().equals(tee) && !one.found().sku().equals(set));
        return found;
    }

    void move(String id, Kind kind, int units) {
        inventory.record(movement(id, kind, units));
    }

    void move(String id, Kind kind, int units, Instant at) {
        inventory.record(movement(id, kind, units, at));
    }

    Movement movement(String id, Kind kind, int units) {
        return movement(id, kind, units, PostgresExtension.START.minusSeconds(60));
    }

    Movement movement(String id, Kind kind, int units, Instant at) {
        return new Movement(source(id), HARBOR, tee, Measure.ON_HAND, kind, units, Optional.empty(), at);
    }

    void tell(String id, int units) {
        observations.observe(
                new Level(source(id), HARBOR, tee, Measure.ON_HAND, units, PostgresExtension.START, Optional.empty()));
    }

    StockSource source(String id) {
        return new StockSource(TILLS.value(), tee + "/" + id, 1);
    }

    static void pass() {
        POSTGRES.clock().advance(Duration.ofMinutes(1));
    }

    static Instant now() {
        return POSTGRES.clock().instant();
    }

    /** Forgets what was told before, until there is nothing more of it. */
    static int forgotten(Instant before) {
        int forgotten = 0;
        int more;
        do {
            more = POSTGRES.database().stockWords().forget(before, 1);
            forgotten += more;
        } while (more > 0);
        return forgotten;
    }
}
