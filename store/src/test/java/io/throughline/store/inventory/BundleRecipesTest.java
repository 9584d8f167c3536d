package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockRejection;
import io.throughline.domain.inventory.StrandedStock;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.store.StockStores;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
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
