package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A page of levels comes to the same as its levels one after the other, by as many statements as if it were one. */
@Execution(ExecutionMode.SAME_THREAD)
class ToldLevelsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final String SHOP = "northwind";
    private static final List<FacilityId> PLACES = List.of(SampleFacilities.WH_EAST, SampleFacilities.WH_WEST);
    /** The shop's levels are booked in one place and compared in the other. */
    private static final StockRules RULES = new StockRules(
            (facility, measure) ->
                    new Authority(facility.equals(SampleFacilities.WH_EAST) ? SHOP : "somebody", Basis.LEVELS),
            SafetyStocks.none(),
            Bundles.none(),
            () -> Displacement.NEWEST_FIRST);

    private final StockObservations observations =
            POSTGRES.database().stock(RULES).stockObservations();
    private final Instant beginning = POSTGRES.clock().instant().minus(Duration.ofHours(1));

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void comesToTheSameAsOneAfterTheOther() {
        for (int round = 0; round < 20; round++) {
            long seed = ThreadLocalRandom.current().nextLong();
            System.out.println("seed " + seed);
            List<Level> one = levels("ONE-" + round, new SplittableRandom(seed));
            List<Level> page = levels("PAGE-" + round, new SplittableRandom(seed));

            List<Booking> single = one.stream().map(observations::observe).toList();
            List<Booking> together = observations.observe(page);

            assertThat(together).as("seed %d", seed).isEqualTo(single);
            assertThat(rows("PAGE-" + round))
                    .as("seed %d", seed)
                    .isEqualTo(rows("ONE-" + round))
                    .isNotEmpty();
        }
    }

    @Test
    void aPageIsOneStatementAndOneSignOfLife() {
        // A connection that is new asks for the types of arrays.
        statements(page("WARM", 1));
        List<Level> few = page("FEW", 1);
        List<Level> many = page("MANY", 250);

        assertThat(statements(few)).isEqualTo(2);
        assertThat(statements(many)).isEqualTo(2);
        assertThat(statements(many)).as("told again").isEqualTo(2);
    }

    private long statements(List<Level> levels) {
        long before = POSTGRES.database().statementsSent();
        observations.observe(levels);
        return POSTGRES.database().statementsSent() - before;
    }

    private List<Level> page(String name, int size) {
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            levels.add(level(name, "l" + i, SampleFacilities.WH_WEST, name + "-" + i, i, 1, Optional.empty()));
        }
        return levels;
    }

    /** Two SKUs in two places, about which much is published and told, some of it twice and some of it out of order. */
    private List<Level> levels(String name, SplittableRandom random) {
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            observations.publish(
                    AccountId.of(SHOP),
                    PLACES.get(random.nextInt(2)),
                    Sku.of(name + "-" + random.nextInt(2)),
                    Measure.ON_HAND,
                    random.nextInt(4));
        }
        for (int i = 0; i < 30; i++) {
            levels.add(level(
                    name,
                    "l" + random.nextInt(24),
                    PLACES.get(random.nextInt(2)),
                    name + "-" + random.nextInt(2),
                    random.nextInt(4),
                    61 + random.nextInt(30),
                    random.nextInt(3) == 0 ? Optional.of(1L + random.nextInt(3)) : Optional.empty()));
        }
        return levels;
    }

    private Level level(
            String name, String id, FacilityId place, String sku, int units, int minute, Optional<Long> publication) {
        return new Level(
                new StockSource(SHOP, name + "/" + id, 1),
                place,
                Sku.of(sku),
                Measure.ON_HAND,
                units,
                beginning.plus(Duration.ofMinutes(minute)),
                publication);
    }

    private static List<String> rows(String name) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("""
                        select replace(row_text, :name, '') from (
                            select concat_ws(' ', 'told', source_id, sku, facility, units, echo, observed_at)
                                as row_text
                            from stock_observation where sku like :name || '-%'
                            union all
                            select concat_ws(' ', 'booked', source_id, sku, facility, stated, net, ordinal)
                            from stock_movement where sku like :name || '-%'
                            union all
                            select concat_ws(' ', 'published', sku, facility, version, units, echoed_at is null)
                            from stock_publication where sku like :name || '-%') rows
                        order by 1
                        """)
                        .bind("name", name)
                        .mapTo(String.class)
                        .list());
    }
}
