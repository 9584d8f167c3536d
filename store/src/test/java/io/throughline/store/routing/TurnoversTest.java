package io.throughline.store.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.routing.FactsWanted;
import io.throughline.domain.routing.RoutingFacts;
import io.throughline.domain.routing.StockTurnover;
import io.throughline.domain.routing.Turnovers;
import io.throughline.domain.routing.trial.RoutingHistory;
import io.throughline.store.PostgresExtension;
import io.throughline.store.rebuild.Rebuilding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How fast stock goes and how long it has lain, by the ledger alone. */
class TurnoversTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId WEST = SampleFacilities.WH_WEST;
    private static final FactsWanted ALL = new FactsWanted(Optional.empty(), true, true, true);
    private static final Duration DAY = Duration.ofDays(1);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final Turnovers turnovers = POSTGRES.database().turnovers();
    private final RoutingHistory history =
            POSTGRES.database().stock(SampleStockRules.plain()).routingHistory();
    private final Sku tee = Sku.of("TURN-" + NUMBERS.incrementAndGet());
    private final Instant today = POSTGRES.clock().instant().truncatedTo(ChronoUnit.DAYS);

    @Test
    void itIsReckonedAnewFromTheWholeLedger() {
        moved(EAST, 10, Movement.Kind.RECEIPT, 100);
        moved(EAST, -4, Movement.Kind.SALE, 5);
        moved(WEST, 3, Movement.Kind.RECEIPT, 30);
        reckoned(EAST);
        Rebuilding.through(POSTGRES, ReadModel.TURNOVER);

        Rebuilding.mends(
                POSTGRES,
                ReadModel.TURNOVER,
                "select sku, facility, sold_a_week, oldest_since, head from stock_turnover order by 1, 2",
                3,
                "update stock_turnover set sold_a_week = 99, oldest_since = null where sku = '" + tee
                        + "' and facility = '" + EAST + "'",
                "delete from stock_turnover where sku = '" + tee + "' and facility = '" + WEST + "'",
                "insert into stock_turnover values ('" + tee + "', 'ST-NOWHERE', 1, null, 1)");
    }

    @Test
    void theOlderGoesFirst() {
        moved(EAST, 10, Movement.Kind.RECEIPT, 100);
        moved(EAST, 10, Movement.Kind.RECEIPT, 50);
        moved(EAST, 5, Movement.Kind.RECEIPT, 10);
        assertThat(reckoned(EAST)).isEqualTo(new StockTurnover(25, 0, ago(100)));

        moved(EAST, -9, Movement.Kind.SALE, 5);
        assertThat(reckoned(EAST).oldestSince())
                .as("one of the first ten is still there")
                .isEqualTo(ago(100));
        moved(EAST, -1, Movement.Kind.SALE, 4);
        assertThat(reckoned(EAST).oldestSince()).isEqualTo(ago(50));
        moved(EAST, -10, Movement.Kind.SALE, 3);
        assertThat(reckoned(EAST).oldestSince()).isEqualTo(ago(10));
        moved(EAST, -5, Movement.Kind.SALE, 2);
        assertThat(reckoned(EAST)).as("nothing lies there").isEqualTo(new StockTurnover(0, 25 / 8.0, Optional.empty()));
        moved(EAST, 7, Movement.Kind.RECEIPT, 0);
        assertThat(reckoned(EAST).oldestSince()).isEqualTo(ago(0));
    }

    @Test
    void aCountIsNewByItsDifferenceOnly() {
        moved(EAST, 10, Movement.Kind.RECEIPT, 90);
        moved(EAST, 10, Movement.Kind.COUNT, 20);
        assertThat(reckoned(EAST).oldestSince()).isEqualTo(ago(90));

        moved(EAST, 12, Movement.Kind.COUNT, 10);
        moved(EAST, -10, Movement.Kind.TRANSFER_OUT, 5);
        assertThat(reckoned(EAST)).isEqualTo(new StockTurnover(2, 0, ago(10)));
    }

    /** Eight weeks, or as many as the place has had it; only what was sold counts. */
    @Test
    void thePaceIsThatOfTheLastSales() {
        moved(EAST, 100, Movement.Kind.RECEIPT, 300);
        moved(EAST, -50, Movement.Kind.SALE, 57);
        moved(EAST, -16, Movement.Kind.SALE, 55);
        moved(EAST, -9, Movement.Kind.TRANSFER_OUT, 20);
        moved(WEST, 100, Movement.Kind.RECEIPT, 14);
        moved(WEST, -6, Movement.Kind.SALE, 1);

        assertThat(reckoned(EAST).soldAWeek()).isEqualTo(2.0);
        assertThat(reckoned(WEST).soldAWeek()).isBetween(2.9, 3.0);
    }

    @Test
    void aSaleThatWasCorrectedCountsAsItIsNow() {
        moved(EAST, 100, Movement.Kind.RECEIPT, 300);
        sold("sale " + tee, 1, -16);
        assertThat(reckoned(EAST).soldAWeek()).isEqualTo(2.0);
        Instant before = later();

        sold("sale " + tee, 2, -8);
        assertThat(reckoned(EAST).soldAWeek()).isEqualTo(1.0);
        assertThat(history.turnover(tee, before).get(EAST))
                .as("as the ledger had heard of it by then")
                .isEqualTo(new StockTurnover(84, 2.0, ago(300)));
    }

    @Test
    void aPassComesToItsEndInTurnsAndBeginsAgainADayLater() {
        moved(EAST, 1, Movement.Kind.RECEIPT, 1);
        moved(EAST, Sku.of("TURN-OTHER-" + NUMBERS.incrementAndGet()), 1, Movement.Kind.RECEIPT, 1, today);
        POSTGRES.clock().advance(DAY);

        int turns = 0;
        for (int reckoned = turnovers.reckon(1, DAY); reckoned > 0; reckoned = turnovers.reckon(1, DAY)) {
            turns++;
            assertThat(turns).isLessThan(1_000);
        }
        assertThat(turns).isGreaterThan(1);
        assertThat(turnovers.reckon(1, DAY)).as("it rests").isZero();
        POSTGRES.clock().advance(DAY);
        assertThat(turnovers.reckon(1_000, DAY)).isEqualTo(turns);
    }

    @Test
    void whatIsMindedIsReadInTheStatementOfTheStock() {
        moved(EAST, 8, Movement.Kind.RECEIPT, 30);
        moved(EAST, -4, Movement.Kind.SALE, 1);
        POSTGRES.tables().useHandle(handle -> {
            handle.execute(
                    "insert into product (sku, introduced_by, since) values (?, 'northwind', now())", tee.value());
            handle.execute(
                    "insert into product_attribute values (?, 'BRAND', 'Atelier', 'northwind', now(), now())",
                    tee.value());
        });
        reckoned(EAST);
        OrderId order = OrderId.of(new OrderKey(SampleAccounts.BAZAAR, "TURN-" + NUMBERS.incrementAndGet()));
        Instant shipBy = today.plus(Duration.ofHours(100));
        POSTGRES.tables()
                .useHandle(handle -> handle.createUpdate("""
                        insert into marketplace_order (order_id, account, external_id, placed_at, acknowledge_by,
                            acknowledge_at_risk, ship_by, ship_at_risk)
                        values (:order, 'bazaar', :order, :placed, :by, :soon, :by, :soon)
                        """)
                        .bind("order", order.value())
                        .bind("placed", today.atOffset(ZoneOffset.UTC))
                        .bind("soon", today.plusSeconds(60).atOffset(ZoneOffset.UTC))
                        .bind("by", shipBy.atOffset(ZoneOffset.UTC))
                        .execute());

        long before = POSTGRES.database().statementsSent();
        RoutingFacts without = facts(order, FactsWanted.stockOnly());
        long plain = POSTGRES.database().statementsSent() - before;
        RoutingFacts with = facts(order, ALL);

        assertThat(POSTGRES.database().statementsSent() - before - plain).isEqualTo(plain);
        assertThat(with.stock()).isEqualTo(without.stock());
        assertThat(with.turnover().get(EAST).get(tee).onHand()).isEqualTo(4);
        assertThat(with.turnover().get(EAST).get(tee).soldAWeek()).isBetween(0.9, 1.0);
        assertThat(with.brands()).isEqualTo(Map.of(tee, "Atelier"));
        assertThat(with.shipBy()).contains(shipBy);
        assertThat(without.turnover()).isEmpty();
        assertThat(without.brands()).isEmpty();
        assertThat(without.shipBy()).isEmpty();
        assertThat(history.brand(tee)).contains("Atelier");
    }

    private RoutingFacts facts(OrderId order, FactsWanted wanted) {
        return inventory.routingFacts(order, List.of(tee), wanted);
    }

    private StockTurnover reckoned(FacilityId facility) {
        later();
        turnovers.reckon(1_000, Duration.ZERO);
        StockTurnover kept =
                facts(new OrderId("O-0000000001"), ALL).turnover().get(facility).get(tee);
        assertThat(history.turnover(tee, POSTGRES.clock().instant()).get(facility))
                .as("reckoned anew it is the same")
                .isEqualTo(kept);
        return kept;
    }

    private Optional<Instant> ago(int days) {
        return Optional.of(today.minus(Duration.ofDays(days)));
    }

    private static Instant later() {
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        return POSTGRES.clock().instant();
    }

    private void sold(String source, int version, int units) {
        inventory.record(new Movement(
                new StockSource(StockSource.PEOPLE, source, version),
                EAST,
                tee,
                Measure.ON_HAND,
                Movement.Kind.SALE,
                units,
                Optional.empty(),
                today.minus(DAY)));
    }

    private void moved(FacilityId facility, int units, Movement.Kind kind, int daysAgo) {
        moved(facility, tee, units, kind, daysAgo, today);
    }

    private void moved(FacilityId facility, Sku sku, int units, Movement.Kind kind, int daysAgo, Instant from) {
        inventory.record(new Movement(
                facility,
                sku,
                units,
                kind,
                StockSource.PEOPLE,
                "turn-" + NUMBERS.incrementAndGet(),
                from.minus(Duration.ofDays(daysAgo))));
    }
}
