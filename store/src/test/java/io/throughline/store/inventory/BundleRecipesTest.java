package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Verdict;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockRejection;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StrandedStock;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.store.Database;
import io.throughline.store.StockStores;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sets that are made otherwise by the time their work is given back: what was reserved for them is what comes free. */
class BundleRecipesTest extends PromisesFixture {
    private final Sku scarf = Sku.of("SCARF-" + tee);

    /** The cap is a scarf by now, and there are three tees in it. */
    private final Bundles today =
            sku -> sku.equals(set) ? List.of(new Part(tee, 3), new Part(scarf, 1)) : List.of(new Part(sku, 1));

    private final StockStores changed = POSTGRES.database().stock(SampleStockRules.with(today, SafetyStocks.none()));
    private final PostgresInventory after = (PostgresInventory) changed.inventory();

    /** The set is a product like any other. */
    private final InventoryLedger single =
            POSTGRES.database().stock(SampleStockRules.plain()).inventory();

    @BeforeEach
    void stocked() {
        stock(EAST, tee, 20);
        stock(EAST, cap, 20);
        stock(EAST, scarf, 20);
    }

    @Test
    void whatAFacilityRejectsIsGivenBackAsItWasReserved() {
        FulfillmentOrder work = given(line("L1", set, 2), line("L2", tee, 1));

        after.rejected(work.id(), Ground.NO_CAPACITY);

        assertReserved(EAST, 0, 0, 0);
        assertReserved(FacilityId.UNROUTED, 5, 2, 0);
    }

    @Test
    void whatWasNotFoundIsTakenOffAsItWasReserved() {
        FulfillmentOrder work = given(line("L1", set, 2));

        after.rejected(work.id(), Ground.NOT_FOUND);

        assertThat(balance(EAST, tee).onHand()).isEqualTo(16);
        assertThat(balance(EAST, cap).onHand()).isEqualTo(18);
        assertThat(balance(EAST, scarf).onHand()).isEqualTo(20);
    }

    @Test
    void aShortPickGivesBackTheShareOfItsUnits() {
        FulfillmentOrder work = given(line("L1", set, 3), line("L2", cap, 1));

        giveBack(work, line("L1", set, 1));
        assertReserved(EAST, 4, 3, 0);
        assertReserved(FacilityId.UNROUTED, 2, 1, 0);
    }

    @Test
    void whatIsPassedOnIsPassedOnWhole() {
        FulfillmentOrder work = given(line("L1", set, 3));
        FulfillmentOrder other = given(line("L1", tee, 1));

        POSTGRES.tables().useTransaction(handle -> after.passOn(handle, work, other.id(), List.of(line("L1", set, 2))));

        assertThat(reservedFor(work.id())).containsExactlyInAnyOrder("2 " + tee, "1 " + cap);
        assertThat(reservedFor(other.id())).containsExactlyInAnyOrder("1 " + tee, "4 " + tee, "2 " + cap);
    }

    @Test
    void anOrderThatIsCancelledGivesBackEverything() {
        FulfillmentOrder work = given(line("L1", set, 2));

        after.releaseAll(work.id().order(), "not wanted");

        assertReserved(EAST, 0, 0, 0);
        assertReserved(FacilityId.UNROUTED, 0, 0, 0);
    }

    @Test
    void anOrderGoesOnByTodaysRecipe() {
        FulfillmentOrder work = given(line("L1", set, 2));
        OrderId order = work.id().order();
        after.rejected(work.id(), Ground.NO_CAPACITY);

        assertThat(after.commit(order, List.of(line("L1", set, 2)), new Terms(BOTH, OnShortage.REFUSE)))
                .isEqualTo(new Commitment.Reserved());
        stock(WEST, tee, 10);
        stock(WEST, scarf, 10);
        FulfillmentOrder again = after.allocateAgain(order, plan(WEST, line("L1", set, 2)))
                .orElseThrow()
                .getLast();

        assertThat(reservedFor(again.id())).containsExactlyInAnyOrder("6 " + tee, "2 " + scarf);
        after.releaseAll(order, "it has ended");
        assertReserved(FacilityId.UNROUTED, 0, 0, 0);
    }

    /** As releases before this one have left it. */
    @Test
    void whatAnEndedOrderHasLeftReservedIsGivenBackAndTold() {
        FulfillmentOrder work = given(line("L1", set, 2));
        ended(work.id().order(), "REJECTED", work.id());
        StrandedStock stranded = changed.strandedStock();

        stranded.setRight(Duration.ofHours(1), 100);
        assertReserved(EAST, 4, 2, 0);

        POSTGRES.clock().advance(Duration.ofHours(1).plusSeconds(1));
        stranded.setRight(Duration.ofHours(1), 100);
        stranded.setRight(Duration.ofHours(1), 100);

        assertReserved(EAST, 0, 0, 0);
        assertThat(kinds(work.id().order()))
                .as("each once")
                .containsSubsequence("stock.stranded", "stock.released")
                .filteredOn("stock.stranded"::equals)
                .hasSize(1);
    }

    @Test
    void whatHasLeftWithAnEndedOrderIsBooked() {
        FulfillmentOrder work = given(line("L1", set, 2));
        ended(work.id().order(), "SHIPPED", work.id());
        POSTGRES.clock().advance(Duration.ofHours(2));

        changed.strandedStock().setRight(Duration.ofHours(1), 100);

        assertReserved(EAST, 0, 0, 0);
        assertThat(balance(EAST, tee).onHand()).isEqualTo(16);
        assertThat(balance(EAST, cap).onHand()).isEqualTo(18);
    }

    @Test
    void aCorrectedSaleTakesBackWhatIsNoPartAnyMore() {
        sold(inventory, 1, 2);
        sold(after, 2, 1);

        assertOnHand(17, 20, 19);

        sold(after, 3, 0);
        assertOnHand(20, 20, 20);
    }

    @Test
    void aCorrectedSaleOfWhatIsABundleByNowTakesBackTheProductItself() {
        stockOfSets(5);
        sold(single, 1, 2);
        assertThat(balance(EAST, set).onHand()).isEqualTo(3);

        sold(inventory, 2, 1);

        assertThat(balance(EAST, set).onHand()).isEqualTo(5);
        assertOnHand(18, 19, 20);
    }

    @Test
    void aCorrectedSaleOfWhatWasABundleTakesBackItsComponents() {
        stockOfSets(5);
        sold(inventory, 1, 2);

        sold(single, 2, 1);

        assertThat(balance(EAST, set).onHand()).isEqualTo(4);
        assertOnHand(20, 20, 20);
    }

    @Test
    void aSaleThatIsToldAgainOrLateSaysNothingByTheRecipeOfToday() {
        sold(inventory, 2, 2);

        assertThat(sold(after, 2, 2).verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(sold(after, 1, 7).verdict()).isEqualTo(Verdict.KNOWN);
        assertThat(sold(single, 2, 2).verdict()).isEqualTo(Verdict.KNOWN);

        assertOnHand(16, 18, 20);
    }

    /** The migration's own statements, on rows that name no bundle. */
    @Test
    void aSaleFromBeforeBundlesWereNamedIsCorrectedAllTheSame() throws Exception {
        String own = "sale/ST-HARBOR/" + set + "/SALE/" + set;
        inventory.record(sale(StockSource.OWN, own, set, 1, 2));
        inventory.record(sale(StockSource.OWN, "sale/ST-HARBOR/" + set + "/SALE/" + tee, tee, 1, 1));
        sold(inventory, 1, 1);
        try (InputStream file = Database.class.getResourceAsStream("migration/V137__name_bundles_of_movements.sql")) {
            String migration = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            String naming = migration.substring(
                    migration.indexOf("alter table stock_movement disable"), migration.indexOf("create index"));
            POSTGRES.tables().useHandle(handle -> {
                handle.execute("alter table stock_movement disable trigger stock_movement_append_only");
                handle.execute("update stock_movement set bundle = null");
                handle.createScript(naming).execute();
            });
        }

        assertThat(bundles()).containsOnly(own, "sale/" + set);
        after.record(sale(StockSource.OWN, own, set, 2, 2));
        sold(after, 2, 1);
        assertOnHand(20 - 6 - 1 - 3, 20, 20 - 2 - 1);
    }

    private List<String> bundles() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select bundle from stock_movement where bundle like '%' || ? || '%'", set.value())
                        .mapTo(String.class)
                        .list());
    }

    private Booking sold(InventoryLedger ledger, long version, int sets) {
        return ledger.record(sale(SampleStockRules.POS, "sale/" + set, set, version, sets));
    }

    private static Movement sale(String system, String id, Sku sku, long version, int units) {
        return new Movement(
                new StockSource(system, id, version),
                EAST,
                sku,
                Measure.ON_HAND,
                Movement.Kind.SALE,
                -units,
                Optional.empty(),
                now());
    }

    private void stockOfSets(int units) {
        move(single, EAST, set, Movement.Kind.COUNT, units);
    }

    private void assertOnHand(int tees, int caps, int scarves) {
        assertThat(Stream.of(tee, cap, scarf).map(sku -> balance(EAST, sku).onHand()))
                .containsExactly(tees, caps, scarves);
    }

    private static void ended(OrderId order, String work, FulfillmentOrderId id) {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("update fulfillment_order set status = ? where id = ?", work, id.value());
            handle.execute(
                    "update customer_order set status = ?, changed_at = ? where id = ?",
                    OrderStatus.COMPLETED.name(),
                    Timestamp.from(now()),
                    order.value());
        });
    }

    private FulfillmentOrder given(LineQuantity... lines) {
        OrderId order = order();
        commit(order, OnShortage.REFUSE, lines);
        return inventory.allocate(order, plan(EAST, lines)).orElseThrow().getFirst();
    }

    private void giveBack(FulfillmentOrder work, LineQuantity... lines) {
        POSTGRES.tables()
                .useTransaction(handle -> after.giveBack(
                        handle, work, List.of(lines), new StockRejection(work.id(), Ground.NO_CAPACITY, false)));
    }

    private void assertReserved(FacilityId facility, int tees, int caps, int scarves) {
        assertThat(List.of(reserved(facility, tee), reserved(facility, cap), reserved(facility, scarf)))
                .containsExactly(tees, caps, scarves);
    }

    private static List<String> reservedFor(FulfillmentOrderId work) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select quantity || ' ' || sku from reservation where fulfillment_order_id = ? and state = 'CONFIRMED'",
                                work.value())
                        .mapTo(String.class)
                        .list());
    }
}
