package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.CatalogSource.Page;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.ProductRecord.CostStated;
import io.throughline.domain.catalog.SampleSystemOfRecord;
import io.throughline.domain.catalog.UnitCost;
import io.throughline.domain.finance.GoodsCosts;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.store.Database;
import io.throughline.store.SampleOrder;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each unit that comes back into stock has its cost reversed: once, at what it was taken at when it left. Nothing else has. */
class RestockedCostsTest extends ReturnsFixture {
    private static final Instant EARLY = Instant.parse("2026-11-01T09:00:00Z");

    private final GoodsCosts costs = POSTGRES.database().goodsCosts();
    private final CatalogSyncs syncs = POSTGRES.database().catalogSyncs(new SampleSystemOfRecord());

    @BeforeEach
    void nobodyHasToldACost() {
        tables("delete from product_cost");
    }

    @Test
    void aUnitComesBackAtTheCostAtWhichItLeft() {
        cost("9.00");
        leave();
        cost("10.00");

        ReturnId id = found(SampleFacilities.ST_HARBOR, 1, Disposition.RESTOCK);
        stock(id);
        stock(id);

        assertThat(costs.ofReturn(id)).singleElement().satisfies(back -> {
            assertThat(back.units()).isEqualTo(1);
            assertThat(back.lineId()).isEqualTo("L1");
            assertThat(back.sku()).isEqualTo(SampleOrder.TEE);
            assertThat(back.cost().orElseThrow().amount()).isEqualByComparingTo("9.00");
            assertThat(back.left()).isEqualTo(SampleFacilities.WH_EAST);
            assertThat(back.facility()).isEqualTo(SampleFacilities.ST_HARBOR);
        });
        closes(id);
    }

    @Test
    void whatIsScrappedStaysACost() {
        cost("9.00");
        leave();

        ReturnId id = found(SampleFacilities.ST_HARBOR, 1, Disposition.SCRAP);
        stock(id);

        assertThat(costs.ofReturn(id)).isEmpty();
        closes(id);
    }

    /** It is in stock, though it is held back: so it is no cost of what was sold. */
    @Test
    void whatIsToBeMadeGoodIsInStock() {
        cost("9.00");
        leave();

        ReturnId id = found(SampleFacilities.ST_HARBOR, 1, Disposition.REFURBISH);
        stock(id);

        assertThat(costs.ofReturn(id)).hasSize(1);
        closes(id);
    }

    @Test
    void theDayOfEachPlaceHasWhatWasTakenThereAndWhatCameBack() {
        POSTGRES.clock().advance(Duration.ofDays(3));
        Instant from = POSTGRES.clock().instant();
        cost("9.125");
        leave();
        ReturnId id = found(SampleFacilities.ST_DOWNTOWN, 1, Disposition.RESTOCK);
        stock(id);

        assertThat(sums(SampleFacilities.WH_EAST, from)).singleElement().satisfies(sum -> {
            assertThat(sum.unitsTaken()).isEqualTo(2);
            assertThat(sum.unitsReversed()).isZero();
            assertThat(sum.value().orElseThrow().taken()).hasToString("18.25 USD");
        });
        assertThat(sums(SampleFacilities.ST_DOWNTOWN, from)).singleElement().satisfies(sum -> {
            assertThat(sum.unitsReversed()).isEqualTo(1);
            assertThat(sum.value().orElseThrow().net()).hasToString("-9.13 USD");
        });
        assertThat(sums(SampleFacilities.WH_EAST, from.plus(Duration.ofDays(1))))
                .isEmpty();
    }

    private List<GoodsCosts.Sum> sums(FacilityId facility, Instant from) {
        return costs.sums(facility, from, from.plus(Duration.ofDays(1)));
    }

    /** Whoever knows no cost tells none: the units are counted all the same. */
    @Test
    void whatTwoErpsValueDifferentlyHasNoCost() {
        cost("9.00");
        told(SampleAccounts.SHOP, "8.00");
        leave();

        ReturnId id = found(SampleFacilities.ST_HARBOR, 1, Disposition.RESTOCK);
        stock(id);

        assertThat(costs.ofReturn(id)).singleElement().satisfies(back -> {
            assertThat(back.units()).isEqualTo(1);
            assertThat(back.cost()).isEmpty();
        });
    }

    /** A store is quicker than the warehouse's word that the goods have left. */
    @Test
    void whatComesBackBeforeItsLeavingWasToldIsTakenOnce() {
        cost("9.00");
        ReturnId id = found(SampleFacilities.ST_HARBOR, 1, Disposition.RESTOCK);
        stock(id);
        assertThat(costs.ofReturn(id)).hasSize(1);

        leave();

        assertThat(taken()).isEqualTo(2);
        ReturnId other = found(SampleFacilities.ST_HARBOR, 1, Disposition.RESTOCK);
        stock(other);
        assertThat(costs.ofReturn(other)).hasSize(1);
        assertThat(taken()).isEqualTo(2);
    }

    @Test
    void twoPlacesThatStockOneLineAtOnceReverseEachUnitOnce() throws Exception {
        leave();
        List<Callable<Boolean>> stores = new ArrayList<>();
        for (FacilityId store : List.of(SampleFacilities.ST_HARBOR, SampleFacilities.ST_DOWNTOWN)) {
            ReturnId id = found(store, 1, Disposition.RESTOCK);
            stores.add(() -> {
                stock(id);
                return costs.ofReturn(id).size() == 1;
            });
        }

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> once : threads.invokeAll(stores)) {
                assertThat(once.get()).isTrue();
            }
        }
        assertThat(taken()).isEqualTo(2);
    }

    @Test
    void theDatabaseRefusesThatMoreIsReversedThanCameIntoStock() {
        leave();
        ReturnId id = found(SampleFacilities.ST_HARBOR, 1, Disposition.SCRAP);
        stock(id);

        assertThatThrownBy(() -> tables("""
                        insert into cost_reversed (taken, return_id, inspection, facility, units, reversed_at)
                        select t.number, i.return_id, i.number, i.facility, 1, now()
                        from cost_taken t, return_inspection i where t.order_id = '%s' and i.return_id = '%s'
                        """.formatted(order.id(), id)))
                .hasStackTraceContaining("has brought 0 NW-TEE-BLK-M into stock");
        assertThat(costs.ofReturn(id)).isEmpty();
    }

    @Test
    void theDatabaseRefusesThatGoodsComeIntoStockWithoutTheirCost() {
        leave();
        ReturnId id = found(SampleFacilities.ST_HARBOR, 1, Disposition.RESTOCK);
        tables("create function lose() returns trigger language plpgsql as 'begin return null; end'");
        tables("create trigger loses before insert on cost_reversed for each row execute function lose()");
        try {
            assertThatThrownBy(() -> stock(id)).hasStackTraceContaining("TL006");
            assertThat(find(id).toBook()).hasSize(1);
        } finally {
            tables("drop trigger loses on cost_reversed");
            tables("drop function lose()");
        }
        stock(id);
        closes(id);
    }

    /** As a hand in the tables would have it. */
    @Test
    void theDatabaseRefusesThatAReturnEndsWithoutTheCostOfItsGoods() {
        leave();
        ReturnId id = found(SampleFacilities.ST_HARBOR, 1, Disposition.RESTOCK);
        stock(id);
        assertThatThrownBy(() -> tables("delete from cost_reversed where return_id = '" + id + "'"))
                .hasStackTraceContaining("append");
        tables("alter table cost_reversed disable trigger cost_reversed_append_only");
        tables("delete from cost_reversed where return_id = '" + id + "'");
        tables("alter table cost_reversed enable trigger cost_reversed_append_only");
        returns.endMoney(id, "somebody bears it");

        assertThatThrownBy(() -> returns.close(id)).hasStackTraceContaining("TL006");
    }

    /** The migration's own statements, on a ledger of stock that has no costs. */
    @Test
    void whatLeftAndCameBackBeforeCostsWereKeptIsCountedWithoutAValue() throws Exception {
        cost("9.00");
        leave();
        ReturnId id = found(SampleFacilities.ST_HARBOR, 1, Disposition.RESTOCK);
        stock(id);
        for (String table : List.of("cost_reversed", "cost_taken")) {
            tables("alter table " + table + " disable trigger " + table + "_append_only");
            tables("delete from " + table);
            tables("alter table " + table + " enable trigger " + table + "_append_only");
        }

        String migration;
        try (InputStream file = Database.class.getResourceAsStream("migration/V88__keep_the_cost_of_goods.sql")) {
            migration = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
        String before = migration.substring(
                migration.indexOf("-- What left and came back before"), migration.indexOf("-- No more of a cost"));
        try (Handle handle = POSTGRES.tables().open();
                Statement statement = handle.getConnection().createStatement()) {
            statement.execute(before);
        }

        assertThat(taken()).isEqualTo(2);
        assertThat(costs.ofReturn(id)).singleElement().satisfies(back -> {
            assertThat(back.units()).isEqualTo(1);
            assertThat(back.cost()).isEmpty();
            assertThat(back.left()).isEqualTo(SampleFacilities.WH_EAST);
        });
        closes(id);
    }

    private void tables(String statement) {
        POSTGRES.tables().useHandle(handle -> handle.execute(statement));
    }

    private void cost(String amount) {
        told(SampleAccounts.ERP, amount);
    }

    private void told(AccountId source, String amount) {
        ProductRecord record = new ProductRecord(
                SampleOrder.TEE,
                List.of(),
                List.of(),
                Optional.of(new CostStated(new UnitCost(new BigDecimal(amount), CurrencyCode.of("USD")), EARLY)));
        syncs.begin(source);
        syncs.exported(source, "export");
        syncs.take(syncs.begin(source), new Page(List.of(record), 0, 1, Optional.empty()), 1);
        syncs.finish(source);
    }

    /** Both tees of the order, as its process tells the stock. */
    private void leave() {
        POSTGRES.inventory().consume(FulfillmentOrderId.of(order.id(), 1));
    }

    private ReturnId found(FacilityId facility, int units, Disposition disposition) {
        ReturnId id = authorised("L1", units);
        stored(intake.receive(submission(), id, new Arrival(facility, List.of(new Arrival.Units("L1", units)), false)));
        stored(intake.inspect(
                submission(),
                id,
                new Finding(facility, List.of(new Finding.Units("L1", units, ReturnPolicyBuilder.NEW, disposition)))));
        return id;
    }

    /** As the return's process tells the stock. */
    private void stock(ReturnId id) {
        Return.Line line = find(id).lines().getFirst();
        for (Return.Inspection found : line.inspections()) {
            for (Measure measure : List.of(Measure.HELD, Measure.ON_HAND)) {
                if (found.disposition().grows(measure)) {
                    POSTGRES.inventory()
                            .record(new Movement(
                                    new StockSource(
                                            StockSource.OWN, id + "/" + found.number() + "/" + measure.name(), 1),
                                    found.facility(),
                                    line.sku(),
                                    measure,
                                    Movement.Kind.RETURN,
                                    found.quantity(),
                                    Optional.of(found.disposition().name()),
                                    found.at()));
                }
            }
        }
        returns.booked(id, find(id).toBook());
    }

    private void closes(ReturnId id) {
        returns.endMoney(id, "somebody bears it");
        returns.close(id);
        assertThat(find(id).closedAt()).isPresent();
    }

    private int taken() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("select sum(units) from cost_taken where order_id = :order")
                        .bind("order", order.id().value())
                        .mapTo(Integer.class)
                        .one());
    }
}
