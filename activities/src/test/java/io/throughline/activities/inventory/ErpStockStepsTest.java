package io.throughline.activities.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testing.TestActivityEnvironment;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.TestingInventory;
import io.throughline.workflows.inventory.ErpStockLook;
import io.throughline.workflows.inventory.ErpStockPass;
import io.throughline.workflows.inventory.ErpStockSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErpStockStepsTest {
    private static final AccountId BOOKS = SampleAccounts.ERP;
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final Sku MUG = Sku.of("NW-MUG-RED");
    private static final Sku UNKNOWN = Sku.of("SCREWS");

    private final SettableClock clock = new SettableClock(NOW);
    private final TestingInventory inventory = new TestingInventory(new TestingFulfillmentOrders(clock));
    private final TestingObservations observations = new TestingObservations();
    private final TestingDrift drift = new TestingDrift();
    private final TestingWatermarks watermarks = new TestingWatermarks();
    private final TestingCases cases = new TestingCases(clock);
    private final Books books = new Books();
    private final Supply supply = new Supply();
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();

    @BeforeEach
    void register() {
        environment.registerActivitiesImplementations(new ErpStockStepsImpl(
                books,
                new StockBooks(
                        inventory,
                        observations,
                        drift,
                        (facility, measure) -> new Authority(BOOKS.value(), Basis.MOVEMENTS),
                        instant -> SampleStockPolicies.plain("test-1")),
                supply,
                sku -> !sku.equals(UNKNOWN),
                watermarks,
                cases,
                new ErpStockStepsImpl.Rhythm(
                        Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1)),
                clock));
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void itIsAskedSoonAfterNewsAndSeldomWhenThereAreNone() {
        books.upTo = Optional.of(NOW);
        ErpStockPass news = pass(ErpStockPass.FIRST);
        assertThat(news.rest()).isEqualTo(Duration.ofSeconds(3));

        ErpStockPass nothing = pass(news);
        assertThat(nothing.rest()).as("what is told again is no news").isEqualTo(Duration.ofSeconds(6));
        ErpStockPass longer = pass(pass(nothing));
        assertThat(longer.rest()).isEqualTo(Duration.ofSeconds(24));

        supply.awaited = true;
        assertThat(pass(longer).rest()).isEqualTo(Duration.ofSeconds(10));
        books.upTo = Optional.of(NOW.plusSeconds(1));
        assertThat(pass(longer).rest()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whatItHasIsComparedOnceInAWhile() {
        assertThat(pass(ErpStockPass.FIRST).comparing()).isTrue();
        steps().compare(BOOKS);
        assertThat(pass(ErpStockPass.FIRST).comparing()).isFalse();

        clock.advance(Duration.ofMinutes(61));

        assertThat(pass(ErpStockPass.FIRST).comparing()).isTrue();
        drift.apart = Optional.of(new Discrepancy(BOOKS.value(), EAST, MUG, Measure.ON_HAND, 7, 9, NOW));
        assertThat(steps().compare(BOOKS)).isEqualTo(1);
        assertThat(cases.ofSubject("stock/WH-EAST/NW-MUG-RED"))
                .extracting(Case::code)
                .containsExactly(FailureCode.STOCK_DISCREPANCY);
    }

    @Test
    void whatItHasIsTakenDownPageByPageWithoutWhatNobodySells() {
        ErpStockLook look = steps().observe(BOOKS, ErpStockLook.BEGIN);
        assertThat(look.over()).isFalse();

        assertThat(steps().observe(BOOKS, look).over()).isTrue();

        assertThat(observations.books)
                .containsExactly(new ErpStock.OnHand(EAST, MUG, 7), new ErpStock.OnHand(EAST, MUG, 8));
    }

    private ErpStockPass pass(ErpStockPass before) {
        return steps().takeIn(BOOKS, before.following());
    }

    private ErpStockSteps steps() {
        return environment.newActivityStub(ErpStockSteps.class);
    }

    /** Nothing has moved, up to an instant; what there is comes in two pages. */
    private static final class Books implements ErpStock {
        private Optional<Instant> upTo = Optional.empty();

        @Override
        public Page since(AccountId account, Instant since, Optional<String> cursor) {
            return new Page(List.<Movement>of(), List.of(), upTo, Optional.empty());
        }

        @Override
        public Shelves onHand(AccountId account, Optional<String> cursor) {
            return cursor.isEmpty()
                    ? new Shelves(
                            List.of(new OnHand(EAST, MUG, 7), new OnHand(EAST, UNKNOWN, 900)), Optional.of("WH-EAST:7"))
                    : new Shelves(List.of(new OnHand(EAST, MUG, 8)), Optional.empty());
        }
    }

    private static final class Supply implements IncomingSupply {
        private boolean awaited;

        @Override
        public List<Repromised> expect(Expected supply) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Expected> open(Collection<Sku> skus) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean awaitedFrom(AccountId source) {
            return awaited;
        }
    }
}
