package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Booking.Displaced;
import io.throughline.domain.inventory.Movement.Kind;
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
