package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Displaced;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who loses the stock that a sale took. */
class DisplacementTest extends PromisesFixture {
    @Test
    void aSaleTakesTheStockOfTheNewestWork() {
        stock(EAST, tee, 3);
        FulfillmentOrderId older = work(2);
        FulfillmentOrderId newer = work(1);

        Booking sale = move(EAST, tee, Kind.SALE, -2);

        assertThat(sale.displaced())
                .containsExactly(new Displaced(newer, "L1", EAST, tee, 1), new Displaced(older, "L1", EAST, tee, 1));
        assertThat(sale.newShortfall()).isZero();
        assertThat(kinds(newer.order())).endsWith("stock.displaced");
        assertThat(move(EAST, tee, Kind.SALE, -2))
                .extracting(
                        Booking::newShortfall, booking -> booking.displaced().size())
                .containsExactly(1, 1);
        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 0, 3, 0, 0, 1, 0, 0));

        assertThat(move(EAST, tee, Kind.RECEIPT, 3).displaced()).isEmpty();

        assertThat(displacedUnits(older)).as("the oldest is served first").isZero();
        assertThat(displacedUnits(newer)).isEqualTo(1);
    }

    @Test
    void byPolicyTheOldestWorkLosesItsStockAndTheNewestIsServedFirst() {
        stock(EAST, tee, 6);
        FulfillmentOrderId oldest = work(2);
        FulfillmentOrderId middle = work(3);
        FulfillmentOrderId newest = work(1);
        InventoryLedger ledger = by(Displacement.OLDEST_FIRST);

        assertThat(move(ledger, Kind.SALE, -3).displaced())
                .containsExactly(new Displaced(oldest, "L1", EAST, tee, 2), new Displaced(middle, "L1", EAST, tee, 1));
        assertThat(move(ledger, Kind.SALE, -3).displaced())
                .containsExactly(new Displaced(middle, "L1", EAST, tee, 2), new Displaced(newest, "L1", EAST, tee, 1));

        move(ledger, Kind.RECEIPT, 3);
        assertThat(List.of(displacedUnits(oldest), displacedUnits(middle), displacedUnits(newest)))
                .containsExactly(2, 1, 0);
        move(ledger, Kind.RECEIPT, 3);
        assertThat(List.of(displacedUnits(oldest), displacedUnits(middle), displacedUnits(newest)))
                .containsExactly(0, 0, 0);
    }

    /** Of two that are as large the newer. */
    @Test
    void byPolicyTheLargestWorkLosesItsStockAndTheSmallestIsServedFirst() {
        stock(EAST, tee, 9);
        FulfillmentOrderId small = work(1);
        FulfillmentOrderId large = work(4);
        FulfillmentOrderId largeAndNewer = work(4);
        InventoryLedger ledger = by(Displacement.LARGEST_FIRST);

        assertThat(move(ledger, Kind.SALE, -5).displaced())
                .containsExactly(
                        new Displaced(largeAndNewer, "L1", EAST, tee, 4), new Displaced(large, "L1", EAST, tee, 1));
        assertThat(move(ledger, Kind.SALE, -4).displaced())
                .containsExactly(new Displaced(large, "L1", EAST, tee, 3), new Displaced(small, "L1", EAST, tee, 1));

        move(ledger, Kind.RECEIPT, 2);
        assertThat(List.of(displacedUnits(small), displacedUnits(large), displacedUnits(largeAndNewer)))
                .containsExactly(0, 3, 4);
    }

    /** What has lost its stock by one rule gets it again by the rule of the moment. */
    @Test
    void aPolicyThatChangesMeanwhileLosesNothing() {
        stock(EAST, tee, 2);
        FulfillmentOrderId older = work(1);
        FulfillmentOrderId newer = work(1);
        move(by(Displacement.OLDEST_FIRST), Kind.SALE, -1);
        assertThat(displacedUnits(older)).isEqualTo(1);

        move(by(Displacement.NEWEST_FIRST), Kind.SALE, -1);
        assertThat(displacedUnits(newer)).isEqualTo(1);
        move(by(Displacement.NEWEST_FIRST), Kind.RECEIPT, 2);

        assertThat(displacedUnits(older) + displacedUnits(newer)).isZero();
    }

    private InventoryLedger by(Displacement displacement) {
        return POSTGRES.database()
                .stock(new StockRules(
                        rules().authorities(), rules().safetyStocks(), rules().bundles(), () -> displacement))
                .inventory();
    }

    private Booking move(InventoryLedger ledger, Kind kind, int units) {
        return move(ledger, EAST, tee, kind, units);
    }

    @Test
    void workThatGivesUpItsPlaceCoversTheOthers() {
        stock(EAST, tee, 2);
        FulfillmentOrderId older = work(1);
        FulfillmentOrderId newer = work(1);
        move(EAST, tee, Kind.SALE, -1);
        assertThat(displacedUnits(newer)).isEqualTo(1);

        inventory.release(older, false);

        assertThat(displacedUnits(newer)).isZero();
    }

    @Test
    void workThatLeavesAllTheSameIsAShortfall() {
        stock(EAST, tee, 1);
        FulfillmentOrderId work = work(1);
        move(EAST, tee, Kind.SALE, -1);

        inventory.consume(work);

        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 0, 0, 0, 0, 1, 0, 0));
        assertThat(kinds(work.order())).endsWith("stock.consumed", "stock.short");
    }
}
