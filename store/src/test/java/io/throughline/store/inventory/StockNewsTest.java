package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Booking.Displaced;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.OrderId;
import org.junit.jupiter.api.Test;

/** What an order is told of its stock. */
class StockNewsTest extends PromisesFixture {
    @Test
    void anOrderIsWokenByTheLastOfWhatItWaitedFor() {
        expect("po-1", 1, 3, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.BACKORDER, line("L1", tee, 3));
        assertThat(inventory.stockOf(order).waiting()).containsExactly(new Commitment.Waiting("L1", tee, 3, MONDAY));
        assertThat(inventory.stockOf(order).promisedAt()).contains(MONDAY);

        move(EAST, tee, Kind.RECEIPT, 2);
        assertThat(hints(order)).as("one is still missing").isEmpty();
        move(EAST, tee, Kind.RECEIPT, 1);

        assertThat(hints(order)).containsExactly("throughline/stock-FREED");
        assertThat(inventory.stockOf(order).isUntroubled()).isTrue();
        assertThat(inventory.stockOf(order).unrouted()).containsExactly("L1");
    }

    @Test
    void anOrderIsToldOfAnotherDate() {
        expect("po-1", 1, 2, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.BACKORDER, line("L1", tee, 2));

        expect("po-1", 2, 2, FRIDAY);
        assertThat(inventory.stockOf(order).promisedAt()).contains(FRIDAY);
        expect("po-1", 3, 1, FRIDAY);

        assertThat(inventory.stockOf(order).promisedAt()).isEmpty();
        assertThat(kinds(order)).containsExactly("stock.backordered", "stock.repromised", "stock.repromised");
        assertThat(hints(order)).containsExactly("throughline/stock-REPROMISED", "throughline/stock-REPROMISED");
    }

    @Test
    void anOrderIsToldThatASaleTookItsStock() {
        stock(EAST, tee, 1);
        FulfillmentOrderId work = work(1);

        move(EAST, tee, Kind.SALE, -1);

        assertThat(hints(work.order())).containsExactly("throughline/stock-DISPLACED");
        assertThat(inventory.stockOf(work.order()).displaced())
                .containsExactly(new Displaced(work, "L1", EAST, tee, 1));
    }
}
